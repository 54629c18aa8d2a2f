using Orchestrator.Engine.History;

namespace Orchestrator.Engine.Storage;

/// <summary>Something that one orchestration has sent to another and that the other has not seen yet.</summary>
/// <param name="Key">Its number.</param>
/// <param name="Target">Whom it is for.</param>
/// <param name="Execution">Which execution it is for; 0 for whichever is there.</param>
/// <param name="Event">What.</param>
internal sealed record InboxRow(long Key, string Target, long Execution, HistoryEvent Event);
