package dev.objectos.audit.partition;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of the trail: one for each class of retention and month. */
public final class Partitions {

    private static final String KNOWN = """
            SELECT substring(relname FROM '^audit_entry_([0-9]+)_')::integer AS days,
                   to_date(right(relname, 7), 'YYYY_MM') AS month
            FROM pg_class
            WHERE relnamespace = 'platform'::regnamespace AND relname ~ '^audit_entry_[0-9]+_[0-9]{4}_[0-9]{2}$'
              AND relkind = 'r'
            ORDER BY 2, 1""";

    private final JdbcClient database;

    /** @param worker connections of the role that does the platform's own work */
    public Partitions(DataSource worker) {
        this.database = JdbcClient.create(worker);
    }

    /** The part of the trail that is kept, and goes, together. */
    public record Part(int days, YearMonth month) {}

    /** Lets the order of entries go on where the database was restored on another server. */
    public void catchUp() {
        database.sql("SELECT platform.audit_catch_up()").query((row, _) -> true).list();
    }

    /** Makes the table of a part, where there is none. */
    public void prepare(Part part) {
        database.sql("SELECT platform.audit_prepare(:days, :month)").param("days", part.days())
                .param("month", part.month().atDay(1)).query((row, _) -> true).list();
    }

    /** Those that have a table. */
    public List<Part> known() {
        return parts(KNOWN);
    }

    /** Those that have entries, but no table. */
    public List<Part> waiting() {
        return parts("SELECT days, month FROM platform.audit_waiting()");
    }

    private List<Part> parts(String sql) {
        return database.sql(sql).query((row, _) -> new Part(row.getInt(1),
                YearMonth.from(row.getObject(2, LocalDate.class)))).list();
    }
}
