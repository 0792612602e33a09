package nl.doorbraak.faults;

import java.util.ArrayList;
import java.util.List;

/** Loaded into a node to use up its memory. */
public final class HeapEater {

	private HeapEater() {
	}

	public static void agentmain(String arguments) {
		Thread eater = new Thread(() -> {
			List<byte[]> eaten = new ArrayList<>();
			while (true) {
				eaten.add(new byte[1024 * 1024]);
			}
		}, "heap-eater");
		eater.setDaemon(true);
		eater.start();
	}

}
