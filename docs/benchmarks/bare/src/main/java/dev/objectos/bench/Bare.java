package dev.objectos.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * What an engineer would write by hand for exactly these requests: one controller, fixed SQL, JSON built by PostgreSQL,
 * the tenant set in the same call. No sign-in, no permissions, no metadata.
 */
@SpringBootApplication
@RestController
public class Bare {

    private static final String TENANT = "SELECT set_config('app.tenant', ?, true); ";
    private static final String TENANT_ID = "00000000-0000-7000-8000-000000000001";

    private static final String ACCOUNT = """
            json_build_object('id', a.id, 'name', a.name, 'industry', a.industry, 'city', a.city, 'website', a.website, \
            'phone', a.phone, 'revenue', a.revenue, 'employees', a.employees, 'founded_on', a.founded_on, \
            'active', a.active, 'notes', a.notes, 'owner', a.owner, 'created_at', a.created_at, \
            'created_by', a.created_by, 'updated_at', a.updated_at, 'updated_by', a.updated_by, 'version', a.version)""";

    private static final String GET = TENANT + "SELECT " + ACCOUNT
            + "::text FROM data.bench_accounts a WHERE a.tenant_id = ?::uuid AND a.id = ?::uuid";

    private static final String LIST = TENANT + """
            SELECT json_build_object('object', 'bench_contacts', 'records', coalesce(json_agg(r), '[]'))::text FROM (
              SELECT c.id, c.first_name, c.last_name, c.email,
                     json_build_object('id', a.id, 'name', a.name, 'industry', a.industry) AS account
              FROM data.bench_contacts c
              LEFT JOIN data.bench_accounts a ON a.tenant_id = c.tenant_id AND a.id = c.account
              WHERE c.tenant_id = ?::uuid AND c.last_name = ? ORDER BY c.first_name, c.id LIMIT 50) r""";

    private static final String NESTED = TENANT + """
            SELECT json_build_object('object', 'bench_accounts', 'records', coalesce(json_agg(r), '[]'))::text FROM (
              SELECT a.id, a.name, c.list AS bench_contacts, o.list AS bench_opportunities
              FROM (SELECT * FROM data.bench_accounts WHERE tenant_id = ?::uuid AND industry = ? ORDER BY id LIMIT 20) a
              LEFT JOIN LATERAL (SELECT coalesce(json_agg(x), '[]') AS list FROM (
                SELECT c.id, c.first_name, c.last_name, c.email FROM data.bench_contacts c
                WHERE c.tenant_id = a.tenant_id AND c.account = a.id ORDER BY c.id LIMIT 10) x) c ON true
              LEFT JOIN LATERAL (SELECT coalesce(json_agg(x), '[]') AS list FROM (
                SELECT o.id, o.name, o.stage, o.amount FROM data.bench_opportunities o
                WHERE o.tenant_id = a.tenant_id AND o.account = a.id ORDER BY o.id LIMIT 10) x) o ON true
              ORDER BY a.id) r""";

    private static final String SUM = TENANT + """
            SELECT json_build_object('object', 'bench_opportunities', 'records', coalesce(json_agg(r), '[]'))::text FROM (
              SELECT stage, count(*) AS n, sum(amount) AS total FROM data.bench_opportunities
              WHERE tenant_id = ?::uuid AND account = ?::uuid GROUP BY stage) r""";

    private static final String CREATE = TENANT + """
            WITH change AS (
              INSERT INTO data.bench_contacts (tenant_id, id, account, first_name, last_name, email, created_at,
                                               updated_at, version)
              VALUES (?::uuid, uuidv7(), ?::uuid, ?, ?, ?, now(), now(), 1) RETURNING *),
            event AS (
              INSERT INTO platform.outbox (tenant_id, object, record_id, action, payload, origin)
              SELECT tenant_id, 'bench_contacts', id, 'create', jsonb_build_object('to', to_jsonb(change)), 'REST'
              FROM change)
            SELECT to_json(change)::text FROM change""";

    private static final String UPDATE = TENANT + """
            WITH change AS (
              UPDATE data.bench_accounts SET phone = ?, updated_at = now(), version = version + 1
              WHERE tenant_id = ?::uuid AND id = ?::uuid
              RETURNING new.*, old.phone AS old_phone),
            event AS (
              INSERT INTO platform.outbox (tenant_id, object, record_id, action, payload, origin)
              SELECT tenant_id, 'bench_accounts', id, 'update', jsonb_build_object('from', old_phone, 'to', phone), 'REST'
              FROM change)
            SELECT to_json(change)::text FROM change""";

    private final DataSource source;

    Bare(DataSource source) {
        this.source = source;
    }

    /** A contact to create. */
    record Contact(UUID account, String first_name, String last_name, String email) {}

    /** What of an account to change. */
    record Change(String phone) {}

    @GetMapping("/get/{id}")
    ResponseEntity<byte[]> get(@PathVariable UUID id) throws SQLException {
        return json(GET, TENANT_ID, TENANT_ID, id.toString());
    }

    @GetMapping("/list/{name}")
    ResponseEntity<byte[]> list(@PathVariable String name) throws SQLException {
        return json(LIST, TENANT_ID, TENANT_ID, name);
    }

    @GetMapping("/nested/{industry}")
    ResponseEntity<byte[]> nested(@PathVariable String industry) throws SQLException {
        return json(NESTED, TENANT_ID, TENANT_ID, industry);
    }

    @GetMapping("/sum/{account}")
    ResponseEntity<byte[]> sum(@PathVariable UUID account) throws SQLException {
        return json(SUM, TENANT_ID, TENANT_ID, account.toString());
    }

    @PostMapping("/create")
    ResponseEntity<byte[]> create(@RequestBody Contact contact) throws SQLException {
        return json(CREATE, TENANT_ID, TENANT_ID, contact.account().toString(), contact.first_name(),
                contact.last_name(), contact.email());
    }

    @PatchMapping("/update/{id}")
    ResponseEntity<byte[]> update(@PathVariable UUID id, @RequestBody Change change) throws SQLException {
        return json(UPDATE, TENANT_ID, change.phone(), TENANT_ID, id.toString());
    }

    private ResponseEntity<byte[]> json(String sql, String... values) throws SQLException {
        try (Connection connection = source.getConnection(); PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.execute();
            statement.getMoreResults();
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next()
                        ? ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(rows.getBytes(1))
                        : ResponseEntity.notFound().build();
            }
        }
    }

    public static void main(String[] arguments) {
        SpringApplication.run(Bare.class, arguments);
    }
}
