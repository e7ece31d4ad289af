package dev.objectos.runtime.plugin.grant;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;

/** The bytes that a publisher of the plugin's own making gives. */
final class SentBody implements Flow.Subscriber<ByteBuffer> {

    private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();

    private SentBody() {}

    static byte[] of(BodyPublisher publisher) throws IOException {
        var body = new SentBody();
        publisher.subscribe(body);
        try {
            return body.bytes.getBody().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IOException("The body of the request could not be read", e.getCause());
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        bytes.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer part) {
        bytes.onNext(List.of(part));
    }

    @Override
    public void onError(Throwable failure) {
        bytes.onError(failure);
    }

    @Override
    public void onComplete() {
        bytes.onComplete();
    }
}
