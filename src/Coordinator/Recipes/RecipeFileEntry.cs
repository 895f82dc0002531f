namespace Distributed.Coordinator.Recipes;

/// <summary>One key of a recipe file.</summary>
/// <param name="Key">As written.</param>
/// <param name="Value">As written; a list's items joined by commas.</param>
/// <param name="Line">Of the key, from 1.</param>
public readonly record struct RecipeFileEntry(string Key, string Value, int Line);
