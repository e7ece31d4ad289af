package dev.objectos.runtime.plugin.added;

import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What the code of {@link TestingMember}s tells during a test, each line with the id and version of who says it. */
final class TestingTold implements BeforeEachCallback, AfterEachCallback {

    private final Collection<String> lines = new ConcurrentLinkedQueue<>();

    Collection<String> lines() {
        return lines;
    }

    long times(String line) {
        return lines.stream().filter(line::equals).count();
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        System.getProperties().put(TestingMember.TOLD, lines);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        System.getProperties().remove(TestingMember.TOLD);
        System.clearProperty(TestingMember.FAIL);
    }
}
