namespace Distributed.Coordinator.Fencing;

/// <summary>
/// Another coordinator has taken the run over, so this one can write its folder no more. For whoever writes, the disk has failed for good.
/// </summary>
public sealed class SupersededException(string sentence, Exception? inner = null) : IOException(sentence, inner);
