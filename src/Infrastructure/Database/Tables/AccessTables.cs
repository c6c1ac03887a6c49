using CleanPortfolio.Domain.Access;
using CleanPortfolio.Domain.Customers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CleanPortfolio.Infrastructure.Database.Tables;

internal sealed class AccountsTable : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable(
            "accounts",
            table =>
            {
                table.HasCheckConstraint("ck_accounts_email", "length(email) between 3 and 254");
                table.HasCheckConstraint("ck_accounts_role", Conventions.IsMember<Role>("role"));
                table.HasCheckConstraint("ck_accounts_customer", "(role = 'customer') = (customer_id is not null)");
            }
        );
        builder.HasKey(account => account.Id);
        builder.Property(account => account.Id).ValueGeneratedNever();
        builder.Property(account => account.Version).IsRowVersion();
        builder.HasIndex(account => account.EmailKey).IsUnique().HasDatabaseName(Conflicts.AccountEmail);
        builder.HasOne<Customer>().WithMany().HasForeignKey(account => account.CustomerId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AssignmentsTable : IEntityTypeConfiguration<Assignment>
{
    public void Configure(EntityTypeBuilder<Assignment> builder)
    {
        builder.ToTable("assignments");
        builder.HasKey(assignment => new { assignment.AdviserId, assignment.CustomerId });
        builder.HasIndex(assignment => assignment.CustomerId);
        builder.HasOne<Account>().WithMany().HasForeignKey(assignment => assignment.AdviserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Customer>().WithMany().HasForeignKey(assignment => assignment.CustomerId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SessionsTable : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions");
        builder.HasKey(session => session.Id);
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder.Ignore(session => session.ExpiresAt);
        builder.HasIndex(session => session.AccountId);
        builder.HasOne<Account>().WithMany().HasForeignKey(session => session.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ApiKeysTable : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys", table => table.HasCheckConstraint("ck_api_keys_name", "length(name) between 1 and 200"));
        builder.HasKey(key => key.Id);
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.Ignore(key => key.Version);
        builder.HasIndex(key => key.Prefix).IsUnique();
        builder.HasIndex(key => key.AccountId);
        builder.HasOne<Account>().WithMany().HasForeignKey(key => key.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>Attempts to sign in with an e-mail address, whether there is such an account or not.</summary>
internal sealed class SignInAttempts
{
    /// <summary>SHA-256 of the address in lower case.</summary>
    public byte[] EmailHash { get; private set; } = [];

    /// <summary>Failures in a row.</summary>
    public int Failed { get; private set; }

    /// <summary>Until when every attempt is refused.</summary>
    public DateTimeOffset? LockedUntil { get; private set; }

    /// <summary>The newest one.</summary>
    public DateTimeOffset LastAt { get; private set; }
}

internal sealed class SignInAttemptsTable : IEntityTypeConfiguration<SignInAttempts>
{
    public void Configure(EntityTypeBuilder<SignInAttempts> builder)
    {
        builder.ToTable("sign_in_attempts");
        builder.HasKey(attempts => attempts.EmailHash);
        builder.HasIndex(attempts => attempts.LastAt);
    }
}
