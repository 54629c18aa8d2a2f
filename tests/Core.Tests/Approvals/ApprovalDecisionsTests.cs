using Orchestrator.Core.Approvals;
using Orchestrator.Core.Names;

namespace Orchestrator.Core.Tests.Approvals;

public sealed class ApprovalDecisionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Sha256Digest Plan = Digest('a');
    private static readonly ApprovalPolicy Two = new(
        [new("ada@contoso.example", "ada"), new("bo@contoso.example", "bo"), new("cy@contoso.example")],
        Quorum: 2,
        Required: ["ada@contoso.example"],
        NotByPublisher: true,
        ValidFor: TimeSpan.FromDays(1),
        Within: TimeSpan.FromDays(2));

    [Fact]
    public void An_older_word_that_comes_late_takes_nothing_back()
    {
        var late = Says("ada") with { Says = ApprovalWord.Approve, At = Now.AddMinutes(-5) };

        ApprovalDecisions.Refuse(Two, [Says("ada") with { Says = ApprovalWord.Reject, At = Now }], late, late.Plan, publisher: null)!.Reason
            .ShouldBe("ada@contoso.example has said something else since");
    }

    [Fact]
    public void Enough_approvals_with_those_that_are_required_let_a_plan_begin()
    {
        Judge(Says("ada")).ShouldBe(new(ApprovalState.Waiting, "waits for 1 of 2 approvals by bo@contoso.example, cy@contoso.example", IsLacking: true));
        Judge(Says("bo"), Says("cy@contoso.example")).ShouldBe(new(ApprovalState.Waiting, "waits for the approval of ada@contoso.example", IsLacking: true));
        Judge(Says("Ada"), Says("BO@contoso.example")).State.ShouldBe(ApprovalState.Granted);
    }

    [Fact]
    public void Two_names_of_one_person_are_one_approval() =>
        Judge(Says("ada"), Says("ada@contoso.example")).State.ShouldBe(ApprovalState.Waiting);

    [Fact]
    public void An_approval_of_another_plan_is_void() =>
        Judge(Says("ada") with { Plan = Digest('b') }, Says("bo")).ShouldBe(new(ApprovalState.Waiting, "waits for the approval of ada@contoso.example; what was approved before was another plan", IsLacking: true));

    [Fact]
    public void An_approval_counts_for_as_long_as_policy_says() =>
        Judge(Says("ada") with { At = Now - Two.ValidFor }, Says("bo")).State.ShouldBe(ApprovalState.Waiting);

    [Fact]
    public void One_rejection_is_enough_until_the_same_person_thinks_better_of_it()
    {
        var no = Says("bo") with { Says = ApprovalWord.Reject, Why = "not today", At = Now.AddMinutes(-2) };

        Judge(Says("ada"), Says("cy@contoso.example"), no).ShouldBe(new(ApprovalState.Rejected, "rejected by bo@contoso.example: not today"));
        Judge(Says("ada"), no, Says("bo")).State.ShouldBe(ApprovalState.Granted);
    }

    [Fact]
    public void Of_two_words_in_one_second_the_later_counts()
    {
        var no = Says("bo") with { Says = ApprovalWord.Reject };

        Judge(Says("ada"), no, Says("bo")).State.ShouldBe(ApprovalState.Granted);
        Judge(Says("ada"), Says("bo"), no).State.ShouldBe(ApprovalState.Rejected);
    }

    [Fact]
    public void What_is_approved_now_may_begin_later() =>
        Judge(Says("ada") with { NotBefore = Now.AddHours(6) }, Says("bo")).ShouldBe(new(ApprovalState.Waiting, "approved, to begin at 2026-11-24 18:00Z"));

    [Theory]
    [InlineData("eve", null, "expected one of the approvers")]
    [InlineData("ada", "ada", "expected somebody else than who published the release")]
    [InlineData("ada@contoso.example", "ADA", "expected somebody else than who published the release")]
    public void Who_may_not_approve_is_told_so_and_does_not_count(string by, string? publisher, string reason)
    {
        var refusal = ApprovalDecisions.Refuse(Two, [], Says(by), Plan, publisher).ShouldNotBeNull();

        refusal.IsForbidden.ShouldBeTrue();
        refusal.Reason.ShouldContain(reason);
        ApprovalDecisions.Judge(Two with { Quorum = 1, Required = [] }, [Says(by)], Plan, publisher, Now).State.ShouldBe(ApprovalState.Waiting);
    }

    [Fact]
    public void Policy_may_let_the_publisher_approve() =>
        ApprovalDecisions.Refuse(Two with { NotByPublisher = false }, [], Says("ada"), Plan, publisher: "ada").ShouldBeNull();

    [Fact]
    public void An_old_plan_and_a_second_time_are_refused()
    {
        ApprovalDecisions.Refuse(Two, [], Says("ada") with { Plan = Digest('b') }, Plan, null).ShouldNotBeNull().Reason.ShouldContain($"expected the plan as it is now, {Plan}");
        ApprovalDecisions.Refuse(Two, [Says("ada")], Says("ada@contoso.example"), Plan, null).ShouldNotBeNull().Reason.ShouldContain("each person counts once");
        ApprovalDecisions.Refuse(Two, [Says("ada") with { Plan = Digest('b') }], Says("ada"), Plan, null).ShouldBeNull();
    }

    [Fact]
    public void Who_has_changed_their_mind_may_change_it_back()
    {
        var rejected = Says("ada") with { Says = ApprovalWord.Reject, At = Now.AddMinutes(-2) };
        Approval[] said = [Says("ada") with { At = Now.AddMinutes(-3) }, rejected];

        ApprovalDecisions.Refuse(Two, said, Says("ada"), Plan, null).ShouldBeNull("their last word is a rejection");
        ApprovalDecisions.Refuse(Two, said, rejected with { At = Now }, Plan, null).ShouldNotBeNull().Reason.ShouldContain("has said so already");
        ApprovalDecisions.Refuse(Two, said, Says("ada") with { At = Now.AddMinutes(-4) }, Plan, null).ShouldNotBeNull().Reason.ShouldContain("has said something else since");
    }

    private static ApprovalAnswer Judge(params Approval[] said) => ApprovalDecisions.Judge(Two, said, Plan, publisher: "release-manager", Now);

    private static Approval Says(string by) => new(by, ApprovalWord.Approve, Plan, Now.AddMinutes(-1), null);

    private static Sha256Digest Digest(char digit) => Identifier.Parse<Sha256Digest>(new string(digit, 64));
}
