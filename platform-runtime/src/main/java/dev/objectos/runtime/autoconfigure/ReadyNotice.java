package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.spi.Announcement;
import java.io.PrintStream;
import java.util.List;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Tells whoever started the server where it is and how to get in, once it takes requests. */
final class ReadyNotice implements ApplicationListener<ApplicationReadyEvent> {

    private final List<Announcement> announcements;
    private final PrintStream out;

    ReadyNotice(List<Announcement> announcements, PrintStream out) {
        this.announcements = announcements;
        this.out = out;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        Environment environment = event.getApplicationContext().getEnvironment();
        var text = new StringBuilder("\nObjectOS is ready");
        if (event.getTimeTaken() != null) {
            text.append(" after %.1f s".formatted(event.getTimeTaken().toMillis() / 1000.0));
        }
        text.append("\n\n");
        String port = environment.getProperty("local.server.port");
        if (port != null) {
            text.append("  Address   http://localhost:").append(port).append('\n');
        }
        announcements.forEach(announcement -> announcement.lines()
                .forEach(line -> text.append("  ").append(line).append('\n')));
        out.println(text);
    }
}
