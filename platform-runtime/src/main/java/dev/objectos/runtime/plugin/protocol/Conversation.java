package dev.objectos.runtime.plugin.protocol;

import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ProtocolClient;
import dev.objectos.runtime.spi.SessionLease;
import dev.objectos.runtime.spi.SessionLeases;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A client over its connection. */
record Conversation(InputStream input, OutputStream output, InetAddress address, SessionLeases leases,
        ClientCalls calls) implements ProtocolClient {

    @Override
    public SessionLease signIn(String credential) {
        return leases.of(credential);
    }

    @Override
    public <T extends @Nullable Object> T run(Session session, Callable<T> work) {
        return calls.run(session, work);
    }
}
