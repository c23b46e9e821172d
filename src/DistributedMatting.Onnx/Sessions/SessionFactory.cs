using System.Globalization;
using DistributedMatting.Core;
using DistributedMatting.Onnx.Devices;
using Microsoft.ML.OnnxRuntime;

namespace DistributedMatting.Onnx.Sessions;

/// <summary>Makes sessions that many threads call at once, each call on its caller's thread alone.</summary>
internal static class SessionFactory
{
    /// <param name="path">Where the graph is from, for messages.</param>
    /// <param name="graph">The ONNX file's bytes, already checked against its card.</param>
    /// <param name="device">Where to run.</param>
    /// <exception cref="InvalidInputException">The graph cannot be loaded.</exception>
    public static InferenceSession Create(string path, byte[] graph, Device device)
    {
        OrtRuntime.Ensure();
        using var options = Options(device);
        try
        {
            return new InferenceSession(graph, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidInputException($"{path} is no network that ONNX Runtime loads on {device.Name} ({FirstLine(e.Message)}); export the model again, or name another", e);
        }
    }

    private static SessionOptions Options(Device device)
    {
        var options = new SessionOptions
        {
            // Extended is 2.6× slower than all on a CPU.
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            // We are parallel over patches. A sum split over threads would depend on how many there are.
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            // Queries and contexts have another number of tokens each time: every new size would leave a plan behind,
            // and one block a call that fits no other call.
            EnableMemoryPattern = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        options.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
        options.AddSessionConfigEntry("session.use_env_allocators", "1");
        if (device.Kind == DeviceKind.Cuda) AppendCuda(options, device.Index);
        return options;
    }

    private static void AppendCuda(SessionOptions options, int index)
    {
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(new Dictionary<string, string>
        {
            ["device_id"] = index.ToString(CultureInfo.InvariantCulture),
            // An exhaustive search times the algorithms: two runs might choose, and so round, differently.
            ["cudnn_conv_algo_search"] = "HEURISTIC",
            // TF32 keeps 10 bits of a product; fp32 was promised.
            ["use_tf32"] = "0",
            ["arena_extend_strategy"] = "kSameAsRequested",
        });
        try
        {
            options.AppendExecutionProvider_CUDA(cuda);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidInputException($"device cuda:{index} cannot be used: {FirstLine(e.Message)}", e);
        }
    }

    // "[ErrorCode:Fail] Load model from memory failed:Protobuf parsing failed."
    private static string FirstLine(string message)
    {
        var line = message.Split('\n')[0].Trim();
        return (line.StartsWith('[') ? line[(line.IndexOf(']', StringComparison.Ordinal) + 1)..] : line).Trim().TrimEnd('.');
    }
}
