using System.Reflection;

namespace Microsoft.DurableTask;

/// <summary>What remains of an exception beyond a durable boundary.</summary>
/// <param name="ErrorType">The exception's full type name.</param>
/// <param name="ErrorMessage">Its message.</param>
/// <param name="StackTrace">Its stack trace.</param>
/// <param name="InnerFailure">Its cause.</param>
/// <param name="Properties">Whatever else was kept.</param>
public record TaskFailureDetails(
    string ErrorType,
    string ErrorMessage,
    string? StackTrace,
    TaskFailureDetails? InnerFailure,
    IDictionary<string, object?>? Properties)
{
    /// <summary>The details of an exception.</summary>
    public static TaskFailureDetails FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new(
            exception.GetType().ToString(),
            exception.Message,
            exception.StackTrace,
            exception.InnerException is { } inner ? FromException(inner) : null,
            null);
    }

    /// <summary>Whether the exception was of this type or one derived from it.</summary>
    public bool IsCausedBy<T>()
        where T : Exception =>
        IsCausedBy(typeof(T));

    /// <summary>Whether the exception was of this type or one derived from it; no when its type cannot be found.</summary>
    public bool IsCausedBy(Type targetBaseExceptionType)
    {
        ArgumentNullException.ThrowIfNull(targetBaseExceptionType);
        if (!typeof(Exception).IsAssignableFrom(targetBaseExceptionType))
        {
            throw new ArgumentException($"{targetBaseExceptionType} is not an exception type.", nameof(targetBaseExceptionType));
        }

        var type = string.IsNullOrEmpty(ErrorType) ? null : Find();
        return type is not null && targetBaseExceptionType.IsAssignableFrom(type);

        Type? Find()
        {
            var found = Type.GetType(ErrorType, throwOnError: false) ?? targetBaseExceptionType.Assembly.GetType(ErrorType, throwOnError: false);
            if (found is not null)
            {
                return found;
            }

            var loaded = AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(ErrorType, throwOnError: false)).OfType<Type>().ToArray();
            return loaded.Length <= 1 ? loaded.FirstOrDefault() : throw new AmbiguousMatchException($"There are several exception types named '{ErrorType}'.");
        }
    }

    /// <inheritdoc />
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";
}
