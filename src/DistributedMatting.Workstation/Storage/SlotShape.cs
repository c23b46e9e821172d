namespace DistributedMatting.Workstation.Storage;

/// <summary>Sizes of a <see cref="SlotStore"/>.</summary>
/// <param name="Slots">How many things it can hold.</param>
/// <param name="SlotBytes">Bytes of one thing.</param>
/// <param name="NoteBytes">Bytes kept with it in the journal, and in memory.</param>
internal readonly record struct SlotShape(int Slots, int SlotBytes, int NoteBytes);
