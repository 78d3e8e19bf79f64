package dev.gearbox.benchmarks

import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.AtomicLong
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.launch

/** Kotlin's channel between coroutines on the default dispatcher. */
class KotlinChannelEngine : ChannelEngine {
    private val scope = CoroutineScope(Dispatchers.Default)

    override fun close() = Unit

    override fun send(messages: Int, senders: Int, receivers: Int, capacity: Int) {
        val channel = Channel<Int>(capacity)
        val finish = Finish(receivers)
        val sum = AtomicLong()
        val open = AtomicInteger(senders)
        val each = messages / senders
        repeat(receivers) {
            scope.launch {
                var received = 0L
                for (message in channel) {
                    received += message
                }
                sum.addAndGet(received)
                finish.arrive()
            }
        }
        for (sender in 0 until senders) {
            scope.launch {
                for (message in sender * each + 1..(sender + 1) * each) {
                    channel.send(message)
                }
                if (open.decrementAndGet() == 0) {
                    channel.close()
                }
            }
        }
        finish.await()
        ChannelEngine.check(sum.get(), messages)
    }
}
