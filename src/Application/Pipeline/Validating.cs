using FluentValidation;
using MediatR;

namespace CleanPortfolio.Application.Pipeline;

/// <summary>Checks the shape of a request by its rules before its handler sees it; all violations are told at once.</summary>
internal sealed class Validating<TRequest, TAnswer>(IEnumerable<IValidator<TRequest>> rules) : IPipelineBehavior<TRequest, TAnswer>
    where TRequest : notnull
{
    public async Task<TAnswer> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TAnswer> next)
    {
        foreach (var rule in rules)
            await rule.ValidateAndThrowAsync(request, cancellationToken);
        return await next();
    }
}
