using CleanPortfolio.Domain.Customers;

namespace CleanPortfolio.Domain.Tests;

public class IdTests
{
    private static readonly DateTimeOffset Noon = new(2024, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ids_sort_by_the_instant_they_were_made()
    {
        var ids = Enumerable.Range(0, 1000).Select(i => Id<Customer>.New(Noon.AddMilliseconds(i * 7919))).ToList();

        ids.Should().BeInAscendingOrder();
        ids.Select(id => id.ToString()).Should().BeInAscendingOrder(StringComparer.Ordinal);
        (ids[0] < ids[1] && ids[1] > ids[0] && ids[0] <= ids[1] && ids[1] >= ids[0]).Should().BeTrue();
    }

    [Fact]
    public void Ids_of_one_instant_differ() => Enumerable.Range(0, 100).Select(_ => Id<Customer>.New(Noon)).Should().OnlyHaveUniqueItems();

    [Fact]
    public void It_is_a_version_7_uuid_and_reads_back()
    {
        var id = Id<Customer>.New(Noon);

        id.Value.Version.Should().Be(7);
        Id<Customer>.TryParse(id.ToString(), null, out var read).Should().BeTrue();
        read.Should().Be(id);
        Id<Customer>.Parse(id.ToString(), null).Should().Be(id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("{0190a5f0-0000-7000-8000-000000000000}")]
    [InlineData("0190a5f0000070008000000000000000")]
    public void Anything_but_the_usual_form_is_refused(string? text) => Id<Customer>.TryParse(text, null, out _).Should().BeFalse();
}
