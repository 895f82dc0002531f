using k8s;
using k8s.Models;

namespace Distributed.Deploy;

/// <summary>deploy/kubernetes as the API's own types; a field that they do not have is an error.</summary>
internal sealed class Manifests
{
    private const string Folder = "deploy/kubernetes";
    private const string Kustomization = "kustomization.yaml";

    private readonly IReadOnlyList<object> _objects;

    private Manifests(IReadOnlyList<object> objects) => _objects = objects;

    internal V1Job Coordinator => One<V1Job>("coordinator");

    internal V1Deployment Workers => One<V1Deployment>("worker");

    internal IEnumerable<(IDictionary<string, string> Labels, V1PodSpec Spec)> Pods() =>
        [(Coordinator.Spec.Template.Metadata.Labels, Coordinator.Spec.Template.Spec), (Workers.Spec.Template.Metadata.Labels, Workers.Spec.Template.Spec)];

    internal static IEnumerable<string> FileNames() =>
        Directory.GetFiles(Repository.PathOf(Folder), "*.yaml").Select(path => Path.GetFileName(path)).Where(name => name != Kustomization).Order();

    internal static string KustomizationText => Repository.Text($"{Folder}/{Kustomization}");

    internal static Manifests Read() =>
        new([.. FileNames().SelectMany(name => KubernetesYaml.LoadAllFromString(Repository.Text($"{Folder}/{name}"), typeMap: null, strict: true))]);

    internal T One<T>(string name)
        where T : IKubernetesObject<V1ObjectMeta> => _objects.OfType<T>().Single(one => one.Metadata.Name == name);

    internal static RoleCommand CommandOf(V1Container container) => new(Path.GetFileName(Assert.Single(container.Command)), [.. container.Args]);

    internal static bool Selects(IDictionary<string, string> selector, IDictionary<string, string> labels) =>
        selector.Count > 0 && selector.All(pair => labels.TryGetValue(pair.Key, out string? value) && value == pair.Value);
}
