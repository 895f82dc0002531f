namespace Distributed.Coordinator.Commands;

/// <summary>Options of more than one command. One object each, since the parser tells options apart by object.</summary>
public static class CommonOptions
{
    public const string HelpGroup = "Help";

    public static CommandOption Help { get; } = new("--help", null, HelpGroup, "shows this text", null, "-h", "-?");

    public static CommandOption Json { get; } = new("--json", null, "Output", "as JSON, for scripts");

    public static CommandOption Version { get; } = new("--version", null, HelpGroup, "shows the program's version");
}
