namespace Pulumi;

/// <summary>Outputs side by side, each of its own type.</summary>
public static partial class Output
{
    /// <summary>All of them; unknown when one is unknown, secret when one is secret.</summary>
    public static Output<(T1, T2)> Tuple<T1, T2>(Input<T1> item1, Input<T2> item2) =>
        All(Untyped(item1), Untyped(item2)).Apply(all => ((T1)all[0]!, (T2)all[1]!));

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})" />
    public static Output<(T1, T2)> Tuple<T1, T2>(Output<T1> item1, Output<T2> item2) =>
        All(Untyped(item1), Untyped(item2)).Apply(all => ((T1)all[0]!, (T2)all[1]!));

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})" />
    public static Output<(T1, T2, T3)> Tuple<T1, T2, T3>(Input<T1> item1, Input<T2> item2, Input<T3> item3) =>
        All(Untyped(item1), Untyped(item2), Untyped(item3)).Apply(all => ((T1)all[0]!, (T2)all[1]!, (T3)all[2]!));

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})" />
    public static Output<(T1, T2, T3)> Tuple<T1, T2, T3>(Output<T1> item1, Output<T2> item2, Output<T3> item3) =>
        All(Untyped(item1), Untyped(item2), Untyped(item3)).Apply(all => ((T1)all[0]!, (T2)all[1]!, (T3)all[2]!));

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})" />
    public static Output<(T1, T2, T3, T4)> Tuple<T1, T2, T3, T4>(Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4) =>
        All(Untyped(item1), Untyped(item2), Untyped(item3), Untyped(item4)).Apply(all => ((T1)all[0]!, (T2)all[1]!, (T3)all[2]!, (T4)all[3]!));

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})" />
    public static Output<(T1, T2, T3, T4)> Tuple<T1, T2, T3, T4>(Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4) =>
        All(Untyped(item1), Untyped(item2), Untyped(item3), Untyped(item4)).Apply(all => ((T1)all[0]!, (T2)all[1]!, (T3)all[2]!, (T4)all[3]!));

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})" />
    public static Output<(T1, T2, T3, T4, T5)> Tuple<T1, T2, T3, T4, T5>(Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4, Input<T5> item5) =>
        All(Untyped(item1), Untyped(item2), Untyped(item3), Untyped(item4), Untyped(item5)).Apply(all => ((T1)all[0]!, (T2)all[1]!, (T3)all[2]!, (T4)all[3]!, (T5)all[4]!));

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})" />
    public static Output<(T1, T2, T3, T4, T5)> Tuple<T1, T2, T3, T4, T5>(Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4, Output<T5> item5) =>
        All(Untyped(item1), Untyped(item2), Untyped(item3), Untyped(item4), Untyped(item5)).Apply(all => ((T1)all[0]!, (T2)all[1]!, (T3)all[2]!, (T4)all[3]!, (T5)all[4]!));

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})" />
    public static Output<(T1, T2, T3, T4, T5, T6)> Tuple<T1, T2, T3, T4, T5, T6>(Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4, Input<T5> item5, Input<T6> item6) =>
        All(Untyped(item1), Untyped(item2), Untyped(item3), Untyped(item4), Untyped(item5), Untyped(item6)).Apply(all => ((T1)all[0]!, (T2)all[1]!, (T3)all[2]!, (T4)all[3]!, (T5)all[4]!, (T6)all[5]!));

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})" />
    public static Output<(T1, T2, T3, T4, T5, T6)> Tuple<T1, T2, T3, T4, T5, T6>(Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4, Output<T5> item5, Output<T6> item6) =>
        All(Untyped(item1), Untyped(item2), Untyped(item3), Untyped(item4), Untyped(item5), Untyped(item6)).Apply(all => ((T1)all[0]!, (T2)all[1]!, (T3)all[2]!, (T4)all[3]!, (T5)all[4]!, (T6)all[5]!));

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})" />
    public static Output<(T1, T2, T3, T4, T5, T6, T7)> Tuple<T1, T2, T3, T4, T5, T6, T7>(Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4, Input<T5> item5, Input<T6> item6, Input<T7> item7) =>
        All(Untyped(item1), Untyped(item2), Untyped(item3), Untyped(item4), Untyped(item5), Untyped(item6), Untyped(item7)).Apply(all => ((T1)all[0]!, (T2)all[1]!, (T3)all[2]!, (T4)all[3]!, (T5)all[4]!, (T6)all[5]!, (T7)all[6]!));

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})" />
    public static Output<(T1, T2, T3, T4, T5, T6, T7)> Tuple<T1, T2, T3, T4, T5, T6, T7>(Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4, Output<T5> item5, Output<T6> item6, Output<T7> item7) =>
        All(Untyped(item1), Untyped(item2), Untyped(item3), Untyped(item4), Untyped(item5), Untyped(item6), Untyped(item7)).Apply(all => ((T1)all[0]!, (T2)all[1]!, (T3)all[2]!, (T4)all[3]!, (T5)all[4]!, (T6)all[5]!, (T7)all[6]!));

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})" />
    public static Output<(T1, T2, T3, T4, T5, T6, T7, T8)> Tuple<T1, T2, T3, T4, T5, T6, T7, T8>(Input<T1> item1, Input<T2> item2, Input<T3> item3, Input<T4> item4, Input<T5> item5, Input<T6> item6, Input<T7> item7, Input<T8> item8) =>
        All(Untyped(item1), Untyped(item2), Untyped(item3), Untyped(item4), Untyped(item5), Untyped(item6), Untyped(item7), Untyped(item8)).Apply(all => ((T1)all[0]!, (T2)all[1]!, (T3)all[2]!, (T4)all[3]!, (T5)all[4]!, (T6)all[5]!, (T7)all[6]!, (T8)all[7]!));

    /// <inheritdoc cref="Tuple{T1, T2}(Input{T1}, Input{T2})" />
    public static Output<(T1, T2, T3, T4, T5, T6, T7, T8)> Tuple<T1, T2, T3, T4, T5, T6, T7, T8>(Output<T1> item1, Output<T2> item2, Output<T3> item3, Output<T4> item4, Output<T5> item5, Output<T6> item6, Output<T7> item7, Output<T8> item8) =>
        All(Untyped(item1), Untyped(item2), Untyped(item3), Untyped(item4), Untyped(item5), Untyped(item6), Untyped(item7), Untyped(item8)).Apply(all => ((T1)all[0]!, (T2)all[1]!, (T3)all[2]!, (T4)all[3]!, (T5)all[4]!, (T6)all[5]!, (T7)all[6]!, (T8)all[7]!));
}
