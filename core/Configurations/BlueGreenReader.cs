using Orchestrator.Core.Names;
using Orchestrator.Core.Problems;
using Orchestrator.Core.Topologies;

namespace Orchestrator.Core.Configurations;

/// <summary>Reads the second server of an open model, and how requests are shared between the two.</summary>
internal static class BlueGreenReader
{
    private const int All = 100;

    private static readonly string[] Names = ["green", "traffic", "mirror"];

    public static ServerConfiguration? Green(JsonObjectReader model, ImageReference? image, WeightsConfiguration? weights)
    {
        if (model.OptionalObject("green") is not { } green)
        {
            return null;
        }

        var ownImage = green.Optional<ImageReference>("image") ?? image;
        var ownWeights = green.Has("weights") ? ModelConfigurationReader.Weights(green.OptionalObject("weights")) : weights;
        green.RefuseUnknown();
        return ownWeights is null ? null : new(green.Path, ownImage, ownWeights);
    }

    public static ColourShares Traffic(JsonObjectReader model)
    {
        if (Shares(model.OptionalObject("traffic"), All) is not { } traffic)
        {
            return ColourShares.AllBlue;
        }

        if (traffic.Blue + traffic.Green != All)
        {
            model.Report("traffic", $"expected shares that make {All} together, found {traffic.Blue} and {traffic.Green}");
        }

        CheckGreen(model, "traffic", traffic);
        return traffic;
    }

    public static ColourShares Mirror(JsonObjectReader model, ColourShares traffic)
    {
        // Source: Azure Machine Learning, safe rollout of online endpoints: to one server that has no live requests, and not on Kubernetes.
        if (Shares(model.OptionalObject("mirror"), MirrorPolicy.Most) is not { } mirror)
        {
            return ColourShares.None;
        }

        if ((mirror.Blue > 0 && (mirror.Green > 0 || traffic.Blue > 0)) || (mirror.Green > 0 && traffic.Green > 0))
        {
            model.Report("mirror", $"expected one server, which has no traffic; found blue {mirror.Blue} and green {mirror.Green}");
        }

        if (model.Has("cluster"))
        {
            model.Report("mirror", "expected nothing, because Azure Machine Learning copies no requests on a cluster; found a share");
        }

        CheckGreen(model, "mirror", mirror);
        return mirror;
    }

    /// <summary>Who runs a cluster elsewhere moves its traffic.</summary>
    public static void RefuseAny(JsonObjectReader model)
    {
        foreach (var name in Names.Where(model.Has))
        {
            model.Report(name, $"expected nothing, because serving is external: who runs the cluster moves its traffic; found {name}");
        }
    }

    private static ColourShares? Shares(JsonObjectReader? shares, int most)
    {
        if (shares is null)
        {
            return null;
        }

        var (blue, green) = (shares.Whole("blue", 0, most) ?? 0, shares.Whole("green", 0, most) ?? 0);
        shares.RefuseUnknown();
        return new(blue, green);
    }

    private static void CheckGreen(JsonObjectReader model, string what, ColourShares shares)
    {
        if (shares.Green > 0 && !model.Has("green"))
        {
            model.Report("green", $"expected the second server, because {what} gives it {shares.Green} percent; found nothing");
        }
    }
}
