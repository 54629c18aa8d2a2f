using System.Text.Json.Nodes;

namespace Orchestrator.Core.Tests.Releases;

/// <summary>A good manifest as JSON that a test spoils.</summary>
internal static class ManifestBuilder
{
    public static readonly string Digest = new('a', 64);

    public static JsonObject Good() => JsonNode.Parse($$"""
        {
          "version": "1.1.0",
          "suite": { "asset": "suite.json", "sha256": "{{Digest}}" },
          "stacks": {
            "us-closed": {
              "image": "contoso.azurecr.io/gateway@sha256:{{Digest}}",
              "closedModels": [ { "format": "OpenAI", "name": "gpt-5", "version": "2026-08-07" } ],
              "verification": { "requests": 40, "maxErrorRate": 0.01, "maxP95": "1s500ms", "probe": { "method": "post", "path": "/v1/chat/completions", "body": { "model": "gpt-5" } } },
              "rollout": { "bake": "4h", "hold": "30m", "maxParallel": 1, "promotion": "manual" }
            },
            "china-open": {
              "image": "contoso.azurecr.cn/gateway@sha256:{{Digest}}",
              "openWeights": [ {
                "name": "deepseek-v4-flash",
                "repository": "deepseek-ai/DeepSeek-V4-Flash",
                "revision": "{{new string('b', 40)}}",
                "license": "MIT",
                "files": [ { "path": "model-00001.safetensors", "size": 5234139343, "sha256": "{{Digest}}" } ],
                "server": { "image": "contoso.azurecr.cn/vllm@sha256:{{Digest}}", "arguments": ["--max-model-len=65536"] }
              } ]
            }
          },
          "parity": {
            "maxDifference": 0.2,
            "categories": { "coding": 0.15, "json": 0.05 },
            "latencyBand": 3.0,
            "minCases": 5,
            "exceptions": [ { "category": "chinese", "until": "2026-12-31", "reason": "the cases are being rewritten", "approvedBy": "quality board" } ]
          }
        }
        """)!.AsObject();

    public static JsonObject Stack(this JsonObject manifest, string name) => manifest["stacks"]![name]!.AsObject();
}
