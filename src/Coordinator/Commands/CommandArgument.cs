namespace Distributed.Coordinator.Commands;

/// <summary>A value without an option's name, as RUN|MODEL in evaluate.</summary>
/// <param name="Name">In capitals.</param>
/// <param name="Help">One line.</param>
/// <param name="Required">Whether the command can do without it.</param>
/// <param name="Repeats">Whether more values of the kind may follow; only the last argument's may.</param>
public sealed record CommandArgument(string Name, string Help, bool Required = true, bool Repeats = false);
