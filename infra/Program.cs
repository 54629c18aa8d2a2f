using Orchestrator.Infra;
using Pulumi;

return await Deployment.RunAsync(() => StackProgram.Run(TimeProvider.System, Directory.GetCurrentDirectory()));
