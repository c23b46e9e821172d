namespace DistributedMatting.Imaging;

/// <summary>Turns bands of rows, top to bottom, into a file.</summary>
internal interface IRowEncoder
{
    /// <summary>Rows of every band but the last.</summary>
    int BandRows { get; }

    /// <summary>Encodes the next band. Called by one thread at a time.</summary>
    void WriteBand(byte[] rows, int count);

    /// <summary>Writes what comes after the last band.</summary>
    void Finish();
}
