using System.Linq.Expressions;
using System.Reflection;

namespace Akka.Actor;

/// <summary>How to create an actor: its type, its constructor's arguments and where it runs. Immutable.</summary>
public class Props
{
    private readonly Func<ActorBase> produce;

    private Props(Type type, object?[] arguments, Func<ActorBase> produce)
    {
        Type = type;
        Arguments = arguments!;
        this.produce = produce;
    }

    private Props(Props other)
        : this(other.Type, other.Arguments, other.produce)
    {
        Dispatcher = other.Dispatcher;
        SupervisorStrategy = other.SupervisorStrategy;
    }

    public Type Type { get; }

    public object[] Arguments { get; }

    public string Dispatcher { get; private init; } = Dispatch.Dispatchers.DefaultDispatcherId;

    /// <summary>How the actor treats its children, in place of its own strategy.</summary>
    public SupervisorStrategy? SupervisorStrategy { get; private init; }

    /// <summary>
    /// From an expression new TActor(arguments). The arguments are evaluated now, once:
    /// after a restart the new instance is given the same objects again.
    /// </summary>
    /// <exception cref="ArgumentException">The expression does not call a constructor.</exception>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null)
        where TActor : ActorBase
    {
        ArgumentNullException.ThrowIfNull(factory);
        if (factory.Body is UnaryExpression) return new Props(typeof(TActor), [], factory.Compile());
        if (factory.Body is not NewExpression creation)
            throw new ArgumentException("The create function must be a 'new T (args)' expression", nameof(factory));
        object?[] arguments = [.. creation.Arguments.Select(Evaluate)];
        return new Props(OfType(typeof(TActor), arguments)) { SupervisorStrategy = supervisorStrategy };
    }

    public static Props Create<TActor>(params object[] args)
        where TActor : ActorBase => OfType(typeof(TActor), args);

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy)
        where TActor : ActorBase, new() => OfType(typeof(TActor), []).WithSupervisorStrategy(supervisorStrategy);

    public static Props Create(Type type, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!type.IsAssignableTo(typeof(ActorBase))) throw new ArgumentException($"{type} is not an actor.", nameof(type));
        return OfType(type, args);
    }

    /// <summary>Runs the actor on the dispatcher that the configuration describes under this path.</summary>
    public Props WithDispatcher(string dispatcher) => new(this) { Dispatcher = dispatcher };

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) => new(this) { SupervisorStrategy = supervisorStrategy };

    internal ActorBase NewActor()
    {
        try
        {
            return produce();
        }
        catch (Exception e)
        {
            var arguments = $"{Arguments.Length} args: ({string.Join(',', Arguments)})";
            throw new TypeLoadException($"Error while creating actor instance of type {Type} with {arguments}", e);
        }
    }

    private static Props OfType(Type type, object?[] arguments) =>
        new(type, arguments, () => (ActorBase)Activator.CreateInstance(type, arguments)!);

    /// <summary>Constants and captured variables, the usual case, are read without compiling anything.</summary>
    private static object? Evaluate(Expression argument) => argument switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Expression: ConstantExpression { Value: { } closure }, Member: FieldInfo field } => field.GetValue(closure),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(argument, typeof(object))).Compile()(),
    };
}
