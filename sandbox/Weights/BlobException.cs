namespace Orchestrator.Sandbox.Weights;

/// <summary>An answer of blob storage that is an error.</summary>
internal sealed class BlobException(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    public static BlobException NoBlob() => new(404, "BlobNotFound", "The specified blob does not exist.");

    public static BlobException NoContainer() => new(404, "ContainerNotFound", "The specified container does not exist.");

    public static BlobException Unmet() => new(412, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");
}
