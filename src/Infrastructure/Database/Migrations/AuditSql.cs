namespace CleanPortfolio.Infrastructure.Database.Migrations;

/// <summary>
/// How a draft becomes a link of the chain. At the commit, so that the end of the chain is held only from there on, whatever else the
/// transaction did before; as the owner of the tables, so that the service itself need not be able to write the log.
/// </summary>
internal static class AuditSql
{
    /// <summary>A value of the canonical text, as AuditEntry measures it.</summary>
    public const string Measure = """
        create function audit_measured(value text) returns text language sql immutable set search_path = pg_catalog, pg_temp as $$
          select coalesce(octet_length(convert_to(value, 'UTF8')) || ':' || value, '-')
        $$
        """;

    /// <summary>The next link.</summary>
    public const string Append = """
        create function audit_append() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
        declare
          last public.audit_head%rowtype;
          place bigint;
          link text;
        begin
          select * into strict last from public.audit_head where id = 1 for update;
          place := last.sequence + 1;
          link := encode(sha256(convert_to(concat(
            public.audit_measured(last.hash), public.audit_measured(place::text),
            public.audit_measured(to_char(new.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
            public.audit_measured(new.caller), public.audit_measured(new.role), public.audit_measured(new.address),
            public.audit_measured(new.request), public.audit_measured(new.action), public.audit_measured(new.target_kind),
            public.audit_measured(new.target_id), public.audit_measured(new.before::text), public.audit_measured(new.after::text),
            public.audit_measured(new.trace_id)), 'UTF8')), 'hex');
          insert into public.audit_log (sequence, at, caller, role, address, request, action, target_kind, target_id, before, after,
              trace_id, previous_hash, hash)
            values (place, new.at, new.caller, new.role, new.address, new.request, new.action, new.target_kind, new.target_id, new.before,
              new.after, new.trace_id, last.hash, link);
          update public.audit_head set sequence = place, hash = link where id = 1;
          delete from public.audit_drafts where id = new.id;
          return null;
        end
        $$
        """;

    /// <summary>At the commit.</summary>
    public const string Trigger = """
        create constraint trigger audit_append after insert on audit_drafts deferrable initially deferred
        for each row execute function audit_append()
        """;

    /// <summary>The way back.</summary>
    public const string Drop = "drop trigger audit_append on audit_drafts; drop function audit_append(); drop function audit_measured(text)";
}
