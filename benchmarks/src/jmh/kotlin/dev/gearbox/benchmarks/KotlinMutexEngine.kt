package dev.gearbox.benchmarks

import kotlin.coroutines.resume
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.yield

/** Kotlin's mutex between coroutines on the default dispatcher. */
class KotlinMutexEngine : MutexEngine {
    private val scope = CoroutineScope(Dispatchers.Default)

    override fun close() = Unit

    override fun create(): Any {
        val mutex = Mutex()
        check(mutex.tryLock())
        mutex.unlock()
        return mutex
    }

    override fun lock(tasks: Int, times: Int) {
        val mutex = Mutex()
        val line = StartLine(tasks)
        val finish = Finish(tasks)
        var count = 0
        for (place in 0 until tasks) {
            scope.launch {
                suspendCancellableCoroutine { continuation ->
                    if (line.pass(place) { continuation.resume(Unit) }) {
                        continuation.resume(Unit)
                    }
                }
                for (done in 1..times) {
                    mutex.withLock {
                        count++
                        if (tasks > 1 && done % dev.gearbox.benchmarks.Mutex.HOLD_EVERY == 0) {
                            yield()
                        }
                    }
                }
                finish.arrive()
            }
        }
        finish.await()
        TaskEngine.check("locks", count.toLong(), tasks.toLong() * times)
    }
}
