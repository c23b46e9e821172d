namespace DistributedMatting.Scenes.Strokes;

/// <summary>How a stroke's colour varies across and along it.</summary>
internal enum StrokeKind
{
    /// <summary>Hair and fur: a round thread, darker at its sides.</summary>
    Fibre,

    /// <summary>A twig: round, with a rough skin.</summary>
    Bark,

    /// <summary>A leaf: midrib and side veins, translucent.</summary>
    Leaf,

    /// <summary>Metal wire: round, with a narrow highlight and patches of rust.</summary>
    Wire,
}
