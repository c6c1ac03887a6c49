using CleanPortfolio.Domain.Access;

namespace CleanPortfolio.Application.Ports;

/// <summary>Who asks: of the present HTTP request, or <see cref="Caller.System"/> outside of one.</summary>
public interface ICaller
{
    /// <summary>The caller; never null.</summary>
    Caller Current { get; }
}
