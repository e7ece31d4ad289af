package dev.objectos.runtime.plugin.added;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.plugin.TestingPlugin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.storage.GrantedAccess;
import dev.objectos.runtime.storage.KeyValueStore;
import dev.objectos.runtime.storage.KeyValueStores;
import dev.objectos.runtime.storage.PluginStorage;
import dev.objectos.runtime.storage.StoredValue;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Interceptors of storage that added plugins bring. */
class PluginStorageHooksTest {

    /** Two interceptors: the one that is asked first refuses by what a key begins with, and counts in its plugin's storage. */
    private static final String CODE = """
            package com.acme;

            import dev.objectos.runtime.*;
            import dev.objectos.runtime.session.Session;
            import dev.objectos.runtime.spi.*;
            import dev.objectos.runtime.storage.*;
            import java.util.*;
            import java.util.concurrent.CountDownLatch;
            import org.springframework.boot.autoconfigure.AutoConfiguration;
            import org.springframework.context.annotation.Bean;

            @AutoConfiguration
            public class Guard {
                @Bean StorageInterceptor last() {
                    return new StorageInterceptor() {
                        @Override public int order() { return 7; }
                        @Override public void beforeWrite(StorageAccess access) { heard("second", access); }
                    };
                }
                @Bean StorageInterceptor first(PluginStorage storage) {
                    return new StorageInterceptor() {
                        @Override public void beforeRead(StorageAccess access) { asked("read", access); }
                        @Override public void beforeWrite(StorageAccess access) {
                            asked("write", access);
                            storage.store("counts", access.store().tenant()).increment("writes", 1);
                        }
                        @Override public void afterRead(StorageAccess access, int entries) {
                            heard("saw " + entries, access);
                            if (access.keys().getFirst().startsWith("unseen")) {
                                throw new PlatformException(RuntimeError.VETOED, "not for your eyes");
                            }
                        }
                        @Override public void afterWrite(StorageAccess access) {
                            heard("stands", access);
                            throw new IllegalStateException("too late to refuse");
                        }
                    };
                }
                private static void asked(String what, StorageAccess access) {
                    heard(what, access);
                    String key = access.keys().getFirst();
                    if (key.startsWith("veto")) { throw new PlatformException(RuntimeError.VETOED, "not this key"); }
                    if (key.startsWith("broken")) { throw new LinkageError("an old library"); }
                    if (key.startsWith("hang")) {
                        try { new CountDownLatch(1).await(); } catch (InterruptedException e) { heard("interrupted", access); }
                    }
                }
                @SuppressWarnings("unchecked") private static void heard(String what, StorageAccess access) {
                    ((Collection<Object>) System.getProperties().get("acme.told")).add(what + " "
                            + access.store().owner() + "/" + access.store().namespace() + " " + access.keys());
                }
            }
            """;

    @RegisterExtension
    private final TestingTold told = new TestingTold();

    @TempDir
    private Path home;

    private static TestingPlugin guard(String version) {
        return new TestingPlugin("acme-guard", version, "limits: {handlerTime: 300ms}\n")
                .java(Map.of("com.acme.Guard", CODE));
    }

    private static PluginStorage storage(TestingNode node, String plugin) {
        return node.context().getBean(KeyValueStores.class).of(plugin);
    }

    private static KeyValueStore notes(TestingNode node, String owner, String by) {
        return storage(node, by).sharedStore(owner, "notes", Session.DEFAULT_TENANT);
    }

    private static void put(KeyValueStore store, String key) {
        store.put(key, StoredValue.text("x"));
    }

    private static RuntimeError refusal(ThrowingCallable call) {
        return (RuntimeError) catchThrowableOfType(PlatformException.class, call).code();
    }

    @Test
    void theyAreAskedInTheirOrderAndRefuseForAsLongAsTheirPluginRuns() {
        TestingNode.run(TestingDatabase.empty("storage_hooks"), home, node -> {
            KeyValueStore own = notes(node, "acme-guard", "acme-guard");
            put(own, "veto/before");
            node.install(guard("1.0.0"));
            put(own, "a");
            assertThat(told.lines()).containsExactly("write acme-guard/notes [a]", "second acme-guard/notes [a]",
                    "stands acme-guard/notes [a]");

            told.lines().clear();
            assertThat(refusal(() -> put(own, "veto/a"))).isEqualTo(RuntimeError.VETOED);
            assertThat(refusal(() -> own.delete("veto/before"))).isEqualTo(RuntimeError.VETOED);
            assertThat(refusal(() -> own.get("veto/before"))).isEqualTo(RuntimeError.VETOED);
            assertThat(told.lines()).noneMatch(line -> line.startsWith("second"));
            assertThat(refusal(() -> put(own, "broken"))).isEqualTo(RuntimeError.PLUGIN_FAILED);
            assertThat(refusal(() -> own.get("unseen"))).isEqualTo(RuntimeError.VETOED);

            node.plugins().disable("acme-guard", false, TestingNode.ADMINISTRATOR);
            told.lines().clear();
            assertThat(own.get("veto/before")).isPresent();
            assertThat(own.get("veto/a")).isEmpty();
            put(own, "veto/a");
            assertThat(told.lines()).isEmpty();
            assertThat(storage(node, "acme-guard").store("counts", Session.DEFAULT_TENANT).increment("writes", 0))
                    .as("its own use of storage meanwhile").isEqualTo(1);
        });
    }

    @Test
    void oneThatTakesTooLongIsInterruptedAndNothingIsWritten() {
        TestingNode.run(TestingDatabase.empty("storage_hooks_late"), home, node -> {
            node.install(guard("1.0.0"));
            KeyValueStore own = notes(node, "acme-guard", "acme-guard");
            assertThat(refusal(() -> put(own, "hang"))).isEqualTo(RuntimeError.PLUGIN_TIMEOUT);
            TestingNode.await(() -> told.lines().contains("interrupted acme-guard/notes [hang]"));
            node.plugins().disable("acme-guard", false, TestingNode.ADMINISTRATOR);
            assertThat(own.get("hang")).isEmpty();
        });
    }

    @Test
    void theySeeWhatIsSharedWithTheirPluginAndNothingElseOfOthers() {
        TestingNode.run(TestingDatabase.empty("storage_hooks_shared"), home, node -> {
            node.install(guard("1.0.0"));
            KeyValueStore theirs = notes(node, "acme-mail", "acme-mail");
            put(theirs, "veto/a");
            assertThat(theirs.get("veto/a")).isPresent();
            assertThat(told.lines()).isEmpty();

            storage(node, "acme-mail").share("notes", "acme-guard", GrantedAccess.READ);
            TestingNode.await(() -> {
                put(theirs, "veto/b");
                return told.lines().contains("stands acme-mail/notes [veto/b]");
            });
            assertThat(theirs.get("unseen")).as("who may read does not refuse").isEmpty();
            assertThat(told.lines()).contains("saw 0 acme-mail/notes [unseen]")
                    .noneMatch(line -> line.startsWith("write") || line.startsWith("read"));

            storage(node, "acme-mail").share("notes", "acme-guard", GrantedAccess.WRITE);
            TestingNode.await(() -> {
                try {
                    put(theirs, "veto/c");
                    return false;
                } catch (PlatformException e) {
                    return e.code() == RuntimeError.VETOED;
                }
            });
            storage(node, "acme-mail").store("letters", Session.DEFAULT_TENANT).put("a", StoredValue.text("x"));
            assertThat(told.lines()).noneMatch(line -> line.contains("letters"));
        });
    }

    @Test
    void theNewVersionTakesThePlaceOfTheOneBefore() {
        TestingNode.run(TestingDatabase.empty("storage_hooks_upgrade"), home, node -> {
            node.install(guard("1.0.0"));
            node.install(guard("1.1.0"));
            put(notes(node, "acme-guard", "acme-guard"), "a");
            assertThat(told.times("write acme-guard/notes [a]")).isEqualTo(1);
        });
    }
}
