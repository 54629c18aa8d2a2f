namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a timer function is told.</summary>
public class TimerInfo
{
    /// <summary>The last and the next run.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>Whether the run is later than its schedule.</summary>
    public bool IsPastDue { get; set; }
}

/// <summary>The runs around this one.</summary>
public class ScheduleStatus
{
    /// <summary>The run before.</summary>
    public DateTime Last { get; set; }

    /// <summary>The run after.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this was written.</summary>
    public DateTime LastUpdated { get; set; }
}
