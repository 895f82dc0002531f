using Distributed.EndToEnd;
using Distributed.EndToEnd.Security;
using Microsoft.Playwright;

namespace Distributed.Browser;

/// <summary>A dashboard with a token and TLS, in a real browser.</summary>
[Collection(nameof(Chromium))]
public sealed class SignInTests(Chromium chromium)
{
    private const string Token = "correct-horse-battery-staple";

    [Fact]
    public async Task APersonSignsInAndThenEverythingWorks()
    {
        IBrowser browser = chromium.Browser;
        using var folder = new TestFolder();
        using var authority = new TestAuthority(folder, "authority");
        (string certificate, string key) = authority.Issue("coordinator");
        string tokenFile = folder.File("token");
        await File.WriteAllTextAsync(tokenFile, Token + "\n", TestContext.Current.CancellationToken);
        await using LiveRun run = await LiveRun.StartAsync(
            "--single-process", "--epochs", "100000", "--dashboard-token", tokenFile, "--tls-certificate", certificate, "--tls-key", key);
        Assert.Equal("https", run.Address.Scheme);

        await using OpenPage page = await OpenPage.OpenAsync(browser, run.Address, width: 390, height: 844, trustsAnyCertificate: true);
        await page.PictureAsync("sign-in-phone");
        Assert.Empty(page.Problems);
        await SignInAsync(page, "wrong-horse-battery-staple");
        await page.Page.GetByText("That is not the token.").WaitForAsync();
        await page.PictureAsync("sign-in-refused-phone");

        int problemsOfTheWrongToken = page.Problems.Count;
        await SignInAsync(page, Token);
        await page.EpochAsync(1);
        Assert.DoesNotContain(Token, page.Page.Url);
        Assert.Equal("", await page.Page.EvaluateAsync<string>("document.cookie"));
        await page.Page.Locator("#stop").ClickAsync();
        Assert.Equal(130, await run.EndAsync());
        Assert.Equal(problemsOfTheWrongToken, page.Problems.Count);
    }

    private static async Task SignInAsync(OpenPage page, string token)
    {
        await page.Page.Locator("input").FillAsync(token);
        await page.Page.Locator("button").ClickAsync();
    }
}
