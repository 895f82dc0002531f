namespace Distributed.Health;

/// <summary>A question to whoever runs a program's loop. That it is answered at all is what a probe wants to know.</summary>
public static class LivenessQuestion
{
    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(1);

    /// <summary>The answer; null when there was none in time.</summary>
    /// <param name="post">Passes the question on; the answer completes its argument.</param>
    /// <param name="time">The clock.</param>
    public static async Task<T?> AskAsync<T>(Action<TaskCompletionSource<T>> post, TimeProvider time)
        where T : class
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        post(answer);
        try
        {
            return await answer.Task.WaitAsync(PatienceMax, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
