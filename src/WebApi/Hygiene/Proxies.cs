using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace CleanPortfolio.WebApi.Hygiene;

/// <summary>
/// Addresses, schemes and path prefixes that proxies tell are believed only of those in <c>Proxies:Known</c>, addresses or networks such as 10.0.0.0/8; of
/// nobody by default, not even of this machine: else whoever calls says where from.
/// </summary>
internal static class Proxies
{
    private const string Key = "Proxies:Known";

    public static void Add(WebApplicationBuilder builder)
    {
        var known = ConfiguredList.Of(builder.Configuration, Key);
        var (addresses, networks) = (new List<IPAddress>(), new List<IPNetwork>());
        foreach (var text in known)
            if (IPAddress.TryParse(text, out var address))
                addresses.Add(address);
            else if (IPNetwork.TryParse(text, out var network))
                networks.Add(network);
            else
                throw new Settings.Unusable($"{Key} has \"{text}\", which is neither an address nor a network such as 10.0.0.0/8.");
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders =
                known.Count == 0
                    ? ForwardedHeaders.None
                    : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedPrefix;
            // From the last one inwards as long as it is known, however many there are.
            options.ForwardLimit = null;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            addresses.ForEach(options.KnownProxies.Add);
            networks.ForEach(options.KnownIPNetworks.Add);
        });
    }
}
