namespace DistributedMatting.Core.Jobs;

/// <summary>The stages of one plate, in order. Stitching goes on beside matting.</summary>
public enum MattingStage
{
    /// <summary>Plate and trimap are read once, row by row, into scratch that can be read anywhere.</summary>
    Ingest,

    /// <summary>The priors are solved at reduced resolution.</summary>
    Priors,

    /// <summary>Every patch with unknown pixels goes through the encoder, once.</summary>
    Encode,

    /// <summary>Each query's context patches are chosen (Eq. 1 and 2).</summary>
    Rank,

    /// <summary>Each query becomes alpha: TGNL and decoder.</summary>
    Matte,

    /// <summary>Alpha patches are blended to rows and written.</summary>
    Stitch,
}
