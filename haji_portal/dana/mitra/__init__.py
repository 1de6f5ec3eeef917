"""The partners' machines: what is sent to BPKH, what BPKH and the banks send, and how it is judged.

Way out: step -> Efek `dana.kirim` -> `kirim` -> `panggilan` (HTTP). Way in: `pintu` (signed HTTP) -> `Peristiwa` ->
task -> `olah` -> `nilai` (the judgement, pure) -> `jalankan()`.
"""
