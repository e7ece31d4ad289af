package dev.objectos.runtime.service.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.event.PlatformEvent;
import dev.objectos.runtime.service.ServiceDescription;
import dev.objectos.runtime.service.ServiceGoneException;
import dev.objectos.runtime.service.ServiceKey;
import dev.objectos.runtime.service.ServiceMissingException;
import dev.objectos.runtime.service.ServiceNeed;
import dev.objectos.runtime.service.ServiceOffer;
import dev.objectos.runtime.service.ServiceOffered;
import dev.objectos.runtime.service.ServiceQuery;
import dev.objectos.runtime.service.ServiceReference;
import dev.objectos.runtime.service.ServiceScope;
import dev.objectos.runtime.service.ServiceUse;
import dev.objectos.runtime.service.ServiceWithdrawn;
import dev.objectos.runtime.service.Services;
import dev.objectos.runtime.service.Withdrawal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceRegistryTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** What the tests offer. */
    public interface Greeter {

        String greet(String name) throws IOException;
    }

    /** Something else of the same name. */
    public interface Shouter {

        String shout();
    }

    private final EventBus bus = new EventBus();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ServiceRegistry registry = new ServiceRegistry(bus, meters, Clock.fixed(NOW, ZoneOffset.UTC));
    private final Services mail = registry.of("acme-mail");
    private final Services shop = registry.of("acme-shop");

    @AfterEach
    void close() {
        bus.close();
    }

    private static ServiceKey<Greeter> key(String version) {
        return ServiceKey.of(Greeter.class, "greet.people", version);
    }

    private static ServiceNeed<Greeter> need(String range) {
        return ServiceNeed.of(Greeter.class, "greet.people", range);
    }

    private static Greeter saying(String word) {
        return name -> word + " " + name;
    }

    @Test
    void findsTheNewestServiceOfTheRange() throws IOException {
        mail.offer(key("1.0.0"), saying("Hi"));
        mail.offer(key("1.4.0"), saying("Hello"));
        mail.offer(key("2.0.0"), saying("Good day"));
        try (ServiceReference<Greeter> reference = shop.find(need("^1.0.0")).orElseThrow()) {
            assertThat(reference.service().greet("Ada")).isEqualTo("Hello Ada");
            assertThat(reference.owner()).isEqualTo("acme-mail");
            assertThat(reference.version()).isEqualTo("1.4.0");
        }
        assertThat(shop.find(need("^3.0.0"))).isEmpty();
        assertThat(meters.counter("objectos.services.lookups", "outcome", "missing").count()).isEqualTo(1);
    }

    @Test
    void waitsForAServiceToAppear() throws Exception {
        var waiting = new CompletableFuture<String>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try (ServiceReference<Greeter> reference = shop.await(need("^1"), SOON)) {
                waiting.complete(reference.service().greet("Ada"));
            } catch (Exception e) {
                waiting.completeExceptionally(e);
            }
        });
        mail.offer(key("2.0.0"), saying("No"));
        mail.offer(key("1.0.0"), saying("Hi"));
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo("Hi Ada");
        thread.join();
    }

    @Test
    void saysWhatThereIsInsteadOfWhatNobodyOffered() {
        mail.offer(key("2.0.0"), saying("No"));
        assertThatThrownBy(() -> shop.await(need("^1"), Duration.ofMillis(1)))
                .isInstanceOf(ServiceMissingException.class)
                .hasMessage("Nobody offered the service greet.people ^1 within 1 ms; offered are greet.people 2.0.0 by "
                        + "acme-mail");
    }

    @Test
    void waitingCanBeInterrupted() throws InterruptedException {
        var ended = new CompletableFuture<Boolean>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                shop.await(need("^1"), Duration.ofDays(1)).close();
            } catch (InterruptedException _) {
                ended.complete(true);
            }
        });
        thread.interrupt();
        thread.join(SOON);
        assertThat(ended).isCompletedWithValue(true);
    }

    @Test
    void callsAfterTheWithdrawalNameServiceAndOwner() throws Exception {
        ServiceOffer offer = mail.offer(key("1.0.0"), saying("Hi"));
        ServiceReference<Greeter> reference = shop.find(need("*")).orElseThrow();
        Greeter greeter = reference.service();
        Withdrawal withdrawal = offer.withdraw(Duration.ZERO);
        assertThat(withdrawal.cut())
                .containsExactly(new ServiceUse("acme-shop", "acme-mail", "greet.people", "1.0.0", 1));
        assertThat(reference.isAlive()).isFalse();
        assertThatThrownBy(() -> greeter.greet("Ada")).isInstanceOf(ServiceGoneException.class)
                .hasMessageContaining("greet.people 1.0.0").hasMessageContaining("withdrawn by acme-mail");
        assertThat(greeter).hasToString("service greet.people 1.0.0 of acme-mail").isEqualTo(greeter);
        reference.close();
        assertThat(offer.withdraw(Duration.ZERO).services()).isZero();
        assertThat(meters.counter("objectos.services.withdrawals", "outcome", "forced").count()).isEqualTo(1);
    }

    @Test
    void aClosedReferenceLeadsNowhere() {
        mail.offer(key("1.0.0"), saying("Hi"));
        ServiceReference<Greeter> reference = shop.find(need("*")).orElseThrow();
        Greeter greeter = reference.service();
        reference.close();
        reference.close();
        assertThatThrownBy(() -> greeter.greet("Ada")).hasMessageContaining("is closed");
        assertThat(registry.uses()).isEmpty();
    }

    @Test
    void throwsWhatTheServiceThrows() {
        mail.offer(key("1.0.0"), _ -> {
            throw new IOException("no paper");
        });
        try (ServiceReference<Greeter> reference = shop.find(need("*")).orElseThrow()) {
            assertThatThrownBy(() -> reference.service().greet("Ada")).isInstanceOf(IOException.class)
                    .hasMessage("no paper");
        }
    }

    @Test
    void aWithdrawalWaitsForThoseWhoCloseWhenTheyAreTold() throws Exception {
        ServiceOffer offer = mail.offer(key("1.0.0"), saying("Hi"));
        ServiceReference<Greeter> reference = shop.find(need("*")).orElseThrow();
        bus.subscribe(ServiceWithdrawn.class, event -> {
            assertThat(event.users()).containsExactly("acme-shop");
            reference.close();
        });
        assertThat(offer.withdraw(SOON)).isEqualTo(new Withdrawal(1, List.of()));
        assertThat(meters.counter("objectos.services.withdrawals", "outcome", "clean").count()).isEqualTo(1);
    }

    @Test
    void nobodyFindsWhatIsAboutToGo() throws Exception {
        ServiceOffer offer = mail.offer(key("1.0.0"), saying("Hi"));
        ServiceReference<Greeter> reference = shop.find(need("*")).orElseThrow();
        var found = new CompletableFuture<Boolean>();
        bus.subscribe(ServiceWithdrawn.class, _ -> {
            found.complete(shop.find(need("*")).isPresent() || !reference.isAlive());
            reference.close();
        });
        assertThat(offer.withdraw(SOON).isClean()).isTrue();
        assertThat(found.get(10, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void anInterruptedWithdrawalCutsOff() throws InterruptedException {
        ServiceOffer offer = mail.offer(key("1.0.0"), saying("Hi"));
        ServiceReference<Greeter> reference = shop.find(need("*")).orElseThrow();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                offer.withdraw(Duration.ofDays(1));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        while (!shop.discover(ServiceQuery.EVERYTHING).isEmpty()) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        thread.join(SOON);
        assertThat(reference.isAlive()).isFalse();
    }

    @Test
    void tellsWhoAppearsAndWhoGoes() throws InterruptedException {
        BlockingQueue<PlatformEvent> heard = new LinkedBlockingQueue<>();
        bus.subscribe("service.*", dev.objectos.runtime.event.BusOptions.DEFAULT, heard::add);
        ServiceOffer offer = mail.offer(key("1.0.0"), saying("Hi"));
        offer.withdraw(Duration.ZERO);
        assertThat(heard.poll(10, TimeUnit.SECONDS))
                .isEqualTo(new ServiceOffered("greet.people", "1.0.0", "acme-mail"));
        assertThat(heard.poll(10, TimeUnit.SECONDS))
                .isEqualTo(new ServiceWithdrawn("greet.people", "1.0.0", "acme-mail", Duration.ZERO, List.of()));
    }

    @Test
    void aPluginLeavesWithEverything() throws InterruptedException {
        mail.offer(key("1.0.0"), saying("Hi"));
        mail.offer(ServiceKey.of(Shouter.class, "shout", "1.0.0"), () -> "HI");
        shop.offer(ServiceKey.of(Shouter.class, "shop.bell", "1.0.0"), () -> "RING");
        ServiceReference<Shouter> bell = mail.find(ServiceNeed.of(Shouter.class, "shop.bell", "*")).orElseThrow();
        assertThat(registry.leave("acme-mail", Duration.ZERO)).isEqualTo(new Withdrawal(2, List.of()));
        assertThat(bell.isAlive()).isFalse();
        assertThat(registry.discover(ServiceQuery.EVERYTHING)).extracting(ServiceDescription::owner)
                .containsExactly("acme-shop");
    }

    @Test
    void aLaterRunOfAPluginTakesOverTheUsersOfTheOneThatLeaves() throws Exception {
        ServiceScope old = registry.open("acme-bell");
        ServiceScope fresh = registry.open("acme-bell");
        BlockingQueue<PlatformEvent> heard = new LinkedBlockingQueue<>();
        bus.subscribe("service.withdrawn", dev.objectos.runtime.event.BusOptions.DEFAULT, heard::add);
        old.offer(key("1.0.0"), saying("Hi"));
        ServiceReference<Greeter> reference = shop.find(need("^1.0.0")).orElseThrow();
        ServiceReference<Greeter> exact = shop.find(need("1.0.0")).orElseThrow();
        fresh.offer(key("1.1.0"), saying("Hello"));

        Withdrawal withdrawal = old.leave(Duration.ZERO);
        assertThat(withdrawal.cut())
                .containsExactly(new ServiceUse("acme-shop", "acme-bell", "greet.people", "1.0.0", 1));
        assertThat(reference.service().greet("Ada")).isEqualTo("Hello Ada");
        assertThat(reference.version()).isEqualTo("1.1.0");
        assertThat(exact.isAlive()).isFalse();
        assertThat(registry.uses())
                .containsExactly(new ServiceUse("acme-shop", "acme-bell", "greet.people", "1.1.0", 1));
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(
                new ServiceWithdrawn("greet.people", "1.0.0", "acme-bell", Duration.ZERO, List.of("acme-shop")));

        fresh.leave(Duration.ZERO);
        assertThatThrownBy(() -> reference.service().greet("Ada")).isInstanceOf(ServiceGoneException.class);
    }

    @Test
    void aRunThatReplacesAnotherOffersTheSameUnnoticed() throws Exception {
        ServiceScope old = registry.open("acme-bell");
        ServiceScope fresh = registry.open("acme-bell");
        BlockingQueue<PlatformEvent> heard = new LinkedBlockingQueue<>();
        bus.subscribe("service.*", dev.objectos.runtime.event.BusOptions.DEFAULT, heard::add);
        old.offer(key("1.0.0"), saying("Hi"));
        ServiceReference<Greeter> used = shop.find(need("*")).orElseThrow();
        fresh.offer(key("1.0.0"), saying("Hello"));
        try (ServiceReference<Greeter> found = shop.find(need("*")).orElseThrow()) {
            assertThat(found.service().greet("Ada")).isEqualTo("Hello Ada");
        }
        assertThat(old.leave(Duration.ZERO).isClean()).isTrue();
        assertThat(used.service().greet("Ada")).isEqualTo("Hello Ada");
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isInstanceOf(ServiceOffered.class);
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isInstanceOf(ServiceOffered.class);
        mail.offer(ServiceKey.of(Shouter.class, "shout", "1.0.0"), () -> "HI");
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(new ServiceOffered("shout", "1.0.0", "acme-mail"));
    }

    @Test
    void aRunThatHasLeftNeitherOffersNorUses() throws Exception {
        ServiceScope run = registry.open("acme-bell");
        mail.offer(key("1.0.0"), saying("Hi"));
        ServiceReference<Greeter> reference = run.find(need("*")).orElseThrow();
        run.leave(Duration.ZERO);
        assertThat(reference.isAlive()).isFalse();
        assertThatThrownBy(() -> run.find(need("*"))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("acme-bell has ended");
        assertThatThrownBy(() -> run.offer(key("2.0.0"), saying("Hi"))).isInstanceOf(IllegalStateException.class);
        assertThat(registry.uses()).isEmpty();
    }

    @Test
    void discoversByNameAndRange() {
        mail.offer(key("1.0.0"), saying("Hi"));
        mail.offer(key("2.0.0"), saying("Hi"));
        shop.offer(ServiceKey.of(Shouter.class, "shout", "1.0.0"), () -> "HI");
        assertThat(shop.discover(ServiceQuery.of("greet.*", "*"))).extracting(ServiceDescription::version)
                .containsExactly("2.0.0", "1.0.0");
        assertThat(shop.discover(ServiceQuery.of("greet.people", "^1"))).containsExactly(new ServiceDescription(
                "greet.people", "1.0.0", Greeter.class.getName(), "acme-mail", NOW, 0, List.of()));
        assertThat(shop.discover(ServiceQuery.of("greet", "*"))).isEmpty();
        assertThat(meters.get("objectos.services.offered").gauge().value()).isEqualTo(3);
    }

    @Test
    void namesThoseWhoUseEachOtherInACircle() {
        mail.offer(key("1.0.0"), saying("Hi"));
        shop.offer(ServiceKey.of(Shouter.class, "shop.bell", "1.0.0"), () -> "RING");
        assertThat(shop.find(need("*"))).isPresent();
        assertThat(registry.cycles()).isEmpty();
        assertThat(mail.find(ServiceNeed.of(Shouter.class, "shop.bell", "*"))).isPresent();
        assertThat(registry.cycles()).containsExactly(List.of("acme-mail", "acme-shop", "acme-mail"));
    }

    @Test
    void namesEachCircleOnce() {
        assertThat(UseGraph.cycles(List.of(use("a", "b"), use("b", "c"), use("c", "b"), use("d", "a"), use("e", "e"))))
                .containsExactly(List.of("b", "c", "b"));
    }

    private static ServiceUse use(String user, String owner) {
        return new ServiceUse(user, owner, "thing", "1.0.0", 1);
    }

    @Test
    void refusesWhatWouldBeAmbiguous() {
        mail.offer(key("1.0.0"), saying("Hi"));
        assertThatThrownBy(() -> mail.offer(key("1.0.0"), saying("Hi")))
                .hasMessage("acme-mail offers greet.people 1.0.0 already");
        assertThatThrownBy(() -> shop.offer(ServiceKey.of(Shouter.class, "greet.people", "1.0.0"), () -> "HI"))
                .hasMessageContaining("acme-mail offers greet.people as " + Greeter.class.getName());
        assertThatThrownBy(() -> shop.find(ServiceNeed.of(Shouter.class, "greet.people", "*")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("cannot be used as");
        assertThatThrownBy(() -> ServiceKey.of(String.class, "text", "1.0.0")).hasMessageContaining("public interface");
        assertThatThrownBy(() -> ServiceKey.of(Greeter.class, "Greet People", "1.0.0"))
                .hasMessageContaining("no name of a capability");
        assertThatThrownBy(() -> ServiceQuery.of("greet.**", "*")).hasMessageContaining("no name of a capability");
    }
}
