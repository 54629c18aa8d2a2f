using System.Text.Json.Nodes;
using Orchestrator.Core.Configurations;

namespace Orchestrator.Core.Tests.Configurations;

/// <summary>A small configuration of a stack in China that breaks no rule, to be changed by a test.</summary>
internal static class ConfigurationBuilder
{
    public static JsonObject Good() => JsonNode.Parse($$"""
        {
          "name": "china-open", "repository": "contoso/assistant", "owner": "platform-cn", "costCentre": "ai-2001",
          "cloud": { "name": "AzureChinaCloud" },
          "tenantId": "91e0d2c3-b4a5-4768-8f9a-0b1c2d3e4f52", "subscriptionId": "2c4e6a80-1b3d-4f57-8967-a5b4c3d2e1f2",
          "orchestrator": { "region": "chinanorth3" },
          "image": "images.contoso.example.cn/gateway@sha256:{{new string('a', 64)}}",
          "compliance": {
            "market": "china", "residency": ["chinaeast2", "chinanorth3"], "publicService": true,
            "filing": { "number": "Beijing-1", "office": "Beijing", "model": "deepseek-v4-flash" },
            "protection": { "level": 3, "certificate": "1" }
          },
          "environments": [
            {
              "name": "production", "production": true,
              "openModels": [
                {
                  "name": "deepseek-v4-flash", "serving": "external", "endpoint": "https://models.contoso.example.cn",
                  "accelerator": { "vendor": "ascend", "kind": "910C", "runtime": { "plugin": "vllm-ascend 0.23.0", "engine": "vllm 0.23.0", "cann": "9.1.0", "driver": "25.5.0" } },
                  "weights": { "repository": "deepseek-ai/DeepSeek-V4-Flash", "revision": "{{new string('b', 40)}}", "digest": "{{new string('c', 64)}}", "license": "MIT" }
                }
              ],
              "waves": [{ "name": "all", "regions": [{ "name": "chinaeast2" }] }]
            }
          ]
        }
        """)!.AsObject();

    public static JsonObject Model(this JsonObject configuration) => configuration["environments"]![0]!["openModels"]![0]!.AsObject();

    public static StackConfiguration Build(this JsonObject configuration)
    {
        var parsed = StackConfigurationParser.Parse(configuration.ToJsonString());
        parsed.Problems.ShouldBeEmpty();
        return parsed.Value.ShouldNotBeNull();
    }
}
