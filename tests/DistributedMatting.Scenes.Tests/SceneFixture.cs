[assembly: AssemblyFixture(typeof(DistributedMatting.Scenes.Tests.SceneFixture))]

namespace DistributedMatting.Scenes.Tests;

/// <summary>The scene that most tests look at, laid out and rendered once.</summary>
public sealed class SceneFixture
{
    public SceneFixture()
    {
        Scene = Scene.Create(512, 1);
        Whole = RenderedScene.Of(Scene, threads: 2, bandRows: 512);
    }

    public Scene Scene { get; }

    internal RenderedScene Whole { get; }
}
