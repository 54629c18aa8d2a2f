using System.Net.Sockets;
using Azure;
using Azure.Identity;

namespace Orchestrator.Functions.Azure;

/// <summary>Sorts what can go wrong with ARM into what may be tried again and what never will do.</summary>
public static class ArmErrors
{
    /// <summary>The result of <paramref name="call"/>, its failures in our words: short, without headers or bodies.</summary>
    /// <param name="target">What it is about: a stack, or one of its regions.</param>
    /// <param name="doing">What is being done, e.g. <c>reading the container app</c>.</param>
    /// <param name="call">The call.</param>
    /// <exception cref="StackRefusedException">It never will do.</exception>
    /// <exception cref="StackUnavailableException">It may do later.</exception>
    public static async Task<T> TranslateAsync<T>(string target, string doing, Func<Task<T>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        try
        {
            return await call();
        }
        catch (RequestFailedException failure)
        {
            var message = $"{target}: {doing}: ARM answered {failure.Status} {failure.ErrorCode}: {FirstLine(failure.Message)}";
            throw IsFinal(failure) ? new StackRefusedException(message, failure) : new StackUnavailableException(message, failure);
        }
        catch (AuthenticationFailedException failure)
        {
            throw new StackUnavailableException($"{target}: {doing}: signing in failed: {Reason(failure)}", failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException or IOException or AggregateException)
        {
            throw new StackUnavailableException($"{target}: {doing}: no answer from ARM: {FirstLine(failure.Message)}", failure);
        }
    }

    // An operation that ended as Failed comes with status 200 (Azure.ResourceManager 1.7.0): the status alone does not tell.
    // 409 means that something else is being done to the resource, 429 that we are too many: both pass.
    private static bool IsFinal(RequestFailedException failure) => failure.Status switch
    {
        200 or 201 or 202 => true,
        408 or 409 or 429 => false,
        >= 400 and < 500 => true,
        _ => false,
    };

    // What Entra said is in the cause; the exception itself names the credential.
    private static string Reason(AuthenticationFailedException failure) => failure.InnerException is { } cause
        ? $"{FirstLine(failure.Message).TrimEnd(' ', ':')}: {FirstLine(cause.Message)}"
        : FirstLine(failure.Message);

    private static string FirstLine(string message)
    {
        var end = message.IndexOfAny(['\r', '\n']);
        return end < 0 ? message : message[..end];
    }
}
