using Octokit;

namespace Orchestrator.Sandbox.Tests.GitHub;

public sealed class DeploymentTests
{
    private const string Owner = OctokitOf.Owner;
    private const string Name = OctokitOf.Name;

    [Fact]
    public async Task A_deployment_is_made_found_again_and_told_how_it_goes()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var deployments = sandbox.Octokit().Repository.Deployment;

        var made = await deployments.Create(Owner, Name, OctokitOf.Deployment("v1.0.0", "us-closed/production/eastus2"));
        await deployments.Status.Create(Owner, Name, made.Id, new(DeploymentState.InProgress) { Description = "deploying" });
        await deployments.Status.Create(Owner, Name, made.Id, new(DeploymentState.Success) { Description = "verified" });

        made.Sha.Length.ShouldBe(40);
        (await deployments.GetAll(Owner, Name)).Single().Id.ShouldBe(made.Id);
        (await deployments.Status.GetAll(Owner, Name, made.Id)).Select(status => (status.State.Value, status.Description))
            .ShouldBe([(DeploymentState.Success, "verified"), (DeploymentState.InProgress, "deploying")]);
        sandbox.Host.GitHub.Deployments().Single().Environment.ShouldBe("us-closed/production/eastus2");
    }

    [Fact]
    public async Task What_a_caller_forgets_to_switch_off_happens()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var deployments = sandbox.Octokit().Repository.Deployment;

        (await Should.ThrowAsync<ApiException>(deployments.Create(Owner, Name, new NewDeployment("v1.0.0")))).Message.ShouldContain("Conflict merging");
        (await Should.ThrowAsync<ApiException>(deployments.Create(Owner, Name, new NewDeployment("v1.0.0") { AutoMerge = false }))).Message.ShouldContain("status checks");
    }

    [Fact]
    public async Task A_description_of_more_than_140_characters_is_refused()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var deployments = sandbox.Octokit().Repository.Deployment;
        var made = await deployments.Create(Owner, Name, OctokitOf.Deployment("v1.0.0", "staging"));

        await deployments.Status.Create(Owner, Name, made.Id, new(DeploymentState.Success) { Description = new('x', 140) });
        await Should.ThrowAsync<ApiValidationException>(deployments.Status.Create(Owner, Name, made.Id, new(DeploymentState.Success) { Description = new('x', 141) }));
    }

    [Theory]
    [InlineData(false, "inactive")]
    [InlineData(true, "success")]
    public async Task A_success_retires_the_last_one_unless_that_was_production(bool production, string last)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var deployments = sandbox.Octokit().Repository.Deployment;
        foreach (var tag in (string[])["v1.0.0", "v1.1.0"])
        {
            var wanted = OctokitOf.Deployment(tag, "staging");
            wanted.ProductionEnvironment = production;
            var made = await deployments.Create(Owner, Name, wanted);
            await deployments.Status.Create(Owner, Name, made.Id, new(DeploymentState.Success));
        }

        sandbox.Host.GitHub.Deployments()[0].Statuses[^1].State.ShouldBe(last);
        sandbox.Host.GitHub.Deployments()[1].Statuses[^1].State.ShouldBe("success");
    }

    [Fact]
    public async Task A_deployment_or_a_repository_that_is_not_there_is_not_found()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var deployments = sandbox.Octokit().Repository.Deployment;

        await Should.ThrowAsync<NotFoundException>(deployments.Status.Create(Owner, Name, 99, new(DeploymentState.Success)));
        await Should.ThrowAsync<NotFoundException>(deployments.GetAll(Owner, "nothing"));
    }
}
