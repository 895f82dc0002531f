using Distributed.Coordinator.Charts;

namespace Distributed.Coordinator.Web;

/// <summary>The form that asks for the token.</summary>
internal static class SignInPage
{
    /// <summary>The form's only field.</summary>
    internal const string Field = "token";

    /// <param name="complaint">What was wrong with the last try, or nothing.</param>
    internal static string Render(string complaint = "")
    {
        var page = new Markup();
        PageHead.Render(page, "Training – sign in");
        page.Open("body").Open("main", ("class", "signin")).Open("form", ("class", "card"), ("method", "post"), ("action", SignIn.Path));
        page.Element("h1", "Training").Element("label", "Token", ("for", Field));
        page.Empty("input", ("id", Field), ("name", Field), ("type", "password"), ("autocomplete", "current-password"),
            ("required", "required"), ("autofocus", "autofocus"), ("aria-describedby", "where"));
        page.Element("p", complaint, ("class", "complaint"), ("role", "alert"));
        page.Element("button", "Show the run", ("type", "submit"));
        page.Open("p", ("class", "note"), ("id", "where")).Text("The token is the first line of the file that ");
        page.Element("span", "--dashboard-token", ("class", "option")).Text(" names.").Close();
        return page.Close().Close().CloseLine().CloseLine().ToString();
    }
}
