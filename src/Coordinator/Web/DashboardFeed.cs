using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Distributed.Coordinator.Web;

/// <summary>
/// Draws the page's parts a few times a second while somebody looks, and sends each page the parts that have changed, none if none has. A page that
/// is too slow to take them misses some, and gets the newest of each when it can.
/// </summary>
internal sealed class DashboardFeed : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);

    private readonly RunWatch _watch;
    private readonly ConcurrentDictionary<Channel<bool>, bool> _pages = [];
    private readonly Task _loop;
    private readonly CancellationTokenSource _end = new();
    private volatile string[] _sections;

    internal DashboardFeed(RunWatch watch, TimeProvider time)
    {
        _watch = watch;
        _sections = DashboardSections.Render(watch.Snapshot());
        _loop = Task.Run(() => DrawAsync(time));
    }

    /// <summary>Server-sent events until the run or the page ends: what has changed since <paramref name="output"/> was opened.</summary>
    internal async Task FollowAsync(Stream output, CancellationToken closed)
    {
        var news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        _pages[news] = true;
        try
        {
            string[] shown = new string[DashboardSections.Ids.Count];
            await SendChangesAsync(output, shown, closed).ConfigureAwait(false);
            while (!_end.IsCancellationRequested && await news.Reader.WaitToReadAsync(closed).ConfigureAwait(false))
            {
                news.Reader.TryRead(out _);
                await SendChangesAsync(output, shown, closed).ConfigureAwait(false);
            }

            await SendChangesAsync(output, shown, closed).ConfigureAwait(false);
            await SendAsync(output, "over", "{}", closed).ConfigureAwait(false);
        }
        finally
        {
            _pages.TryRemove(news, out _);
        }
    }

    /// <summary>Draws the run as it is now, tells every page that nothing more will come, and ends them.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested)
        {
            return;
        }

        await _end.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _sections = DashboardSections.Render(_watch.Snapshot());
        foreach (Channel<bool> page in _pages.Keys)
        {
            page.Writer.TryComplete();
        }
    }

    private async Task DrawAsync(TimeProvider time)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token).ConfigureAwait(false))
            {
                // The snapshot is what notices that a worker was heard of, also while nobody looks.
                RunSnapshot run = _watch.Snapshot();
                if (_pages.IsEmpty)
                {
                    continue;
                }

                _sections = DashboardSections.Render(run);
                foreach (Channel<bool> page in _pages.Keys)
                {
                    page.Writer.TryWrite(true);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private async Task SendChangesAsync(Stream output, string[] shown, CancellationToken closed)
    {
        string[] sections = _sections;
        var changed = new Dictionary<string, string>();
        for (int i = 0; i < sections.Length; i++)
        {
            if (shown[i] != sections[i])
            {
                changed[DashboardSections.Ids[i]] = shown[i] = sections[i];
            }
        }

        // Also where nothing has changed: a page that hears nothing for some seconds says that the connection is lost.
        await SendAsync(output, "sections", JsonSerializer.Serialize(changed), closed).ConfigureAwait(false);
    }

    private static async Task SendAsync(Stream output, string name, string json, CancellationToken closed)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes($"event: {name}\ndata: {json}\n\n"), closed).ConfigureAwait(false);
        await output.FlushAsync(closed).ConfigureAwait(false);
    }
}
