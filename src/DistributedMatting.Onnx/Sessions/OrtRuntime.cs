using Microsoft.ML.OnnxRuntime;

namespace DistributedMatting.Onnx.Sessions;

/// <summary>ONNX Runtime in this process: set up once, before its first use.</summary>
internal static class OrtRuntime
{
    private static readonly Lazy<OrtEnv> Environment = new(Create);

    /// <summary>Version of the native library.</summary>
    public static string Version => Environment.Value.GetVersionString();

    /// <summary>Execution providers it was built with.</summary>
    public static IReadOnlyList<string> Providers => Environment.Value.GetAvailableProviders();

    /// <summary>Makes sure that it is set up.</summary>
    public static void Ensure() => _ = Environment.Value;

    private static OrtEnv Create()
    {
        if (OrtEnv.IsCreated) return OrtEnv.Instance();

        // Its warnings (a machine without a GPU, say) are no news to a compositor.
        var options = new EnvironmentCreationOptions { logId = "matting", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        var environment = OrtEnv.CreateInstanceWithOptions(ref options);
        environment.DisableTelemetryEvents();
        return environment;
    }
}
