// Each test uses every core by itself; two at once would only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
