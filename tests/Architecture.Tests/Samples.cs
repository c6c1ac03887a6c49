using FluentValidation;
using MediatR;

namespace CleanPortfolio.Architecture.Tests
{
    /// <summary>Deliberately wrong code: what the rules must find.</summary>
    internal static class Samples
    {
        internal sealed record Orphan : IRequest;

        internal sealed record Twin(Body Body) : IRequest;

        internal sealed record Body(string Name);

        internal sealed class TwinHandler : Answers<Twin>;

        internal sealed class SecondTwinHandler : Answers<Twin>;

        internal sealed record Stray(int? Limit) : IRequest;

        internal sealed record Ruled(DateOnly From) : IRequest;

        internal sealed class RuledRules : AbstractValidator<Ruled>;

        internal sealed class RuledHandler : Answers<Ruled>;

        internal abstract class Answers<TRequest> : IRequestHandler<TRequest, Unit>
            where TRequest : IRequest
        {
            public Task<Unit> Handle(TRequest request, CancellationToken cancellationToken) => Unit.Task;
        }

        internal sealed class Badly
        {
            public int Settable { get; set; }

            public int Fixed { get; init; }

            public static Task FetchAsync() => Task.CompletedTask;
        }
    }
}

namespace CleanPortfolio.Architecture.Tests.Elsewhere
{
    internal sealed class StrayHandler : Samples.Answers<Samples.Stray>;
}
