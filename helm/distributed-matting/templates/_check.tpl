{{/* What a schema cannot say, said before anything is made. */}}
{{- define "matting.check" -}}
{{- $w := .Values.workers -}}
{{- if and $w.cpu.enabled $w.gpu.enabled -}}
{{- fail "workers.cpu and workers.gpu are both enabled: a farm computes on one kind of device; set one of them to false" -}}
{{- end -}}
{{- if not (or $w.cpu.enabled $w.gpu.enabled) -}}
{{- fail "no workers are enabled: set workers.cpu.enabled or workers.gpu.enabled" -}}
{{- end -}}
{{- if not (or .Values.redis.enabled .Values.externalRedis.host .Values.externalRedis.existingSecret) -}}
{{- fail "redis.enabled is false: name another Redis by externalRedis.host or externalRedis.existingSecret" -}}
{{- end -}}
{{- if and .Values.autoscaling.enabled (eq .Values.autoscaling.source "prometheus") (not .Values.autoscaling.prometheusAddress) -}}
{{- fail "autoscaling.source is prometheus: say autoscaling.prometheusAddress, like http://prometheus.monitoring.svc:9090" -}}
{{- end -}}
{{- if gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas) -}}
{{- fail (printf "autoscaling.minReplicas is %v, more than autoscaling.maxReplicas %v" .Values.autoscaling.minReplicas .Values.autoscaling.maxReplicas) -}}
{{- end -}}
{{- if and .Values.autoscaling.enabled (eq .Values.autoscaling.source "prometheus") (not .Values.metrics.serviceMonitor.enabled) -}}
{{- fail "autoscaling.source is prometheus, and metrics.serviceMonitor.enabled is false: Prometheus would never hear of the queue, and all workers would go" -}}
{{- end -}}
{{- if and .Values.externalRedis.host .Values.externalRedis.existingSecret -}}
{{- fail "externalRedis.host and externalRedis.existingSecret both say where Redis is: set one of them" -}}
{{- end -}}
{{- if and .Values.redis.enabled (or .Values.externalRedis.host .Values.externalRedis.existingSecret) -}}
{{- fail "redis.enabled is true, and externalRedis names another: set redis.enabled to false, or leave externalRedis empty" -}}
{{- end -}}
{{- if and .Values.redis.enabled (gt (add 64 (int .Values.redisObjects.maxMemoryMib)) (int64 .Values.redis.maxMemoryMib)) -}}
{{- fail (printf "redis.maxMemoryMib is %v: it must hold redisObjects.maxMemoryMib, %v, and 64 for the jobs" .Values.redis.maxMemoryMib .Values.redisObjects.maxMemoryMib) -}}
{{- end -}}
{{- if and .Values.ingress.enabled (ne .Values.ingress.tlsSecret "") (eq (include "matting.publicUrl" .) "") -}}
{{- fail (printf "ingress.host is %s: say the address that browsers use as publicUrl, like https://matting.example" .Values.ingress.host) -}}
{{- end -}}
{{- if not (regexMatch "^[a-z]" (include "matting.fullname" .)) -}}
{{- fail (printf "%s begins with no letter, as a Service's name must: set fullnameOverride" (include "matting.fullname" .)) -}}
{{- end -}}
{{- range $path, $resources := dict "coordinator.resources" .Values.coordinator.resources "workers.cpu.resources" $w.cpu.resources "workers.gpu.resources" $w.gpu.resources "redis.resources" (default dict .Values.redis.resources) -}}
{{- range $kind := list "cpu" "memory" -}}
{{- $wanted := index (default dict $resources.requests) $kind -}}
{{- $most := index (default dict $resources.limits) $kind -}}
{{- if and $wanted $most -}}
{{- if gt (include "matting.amount" $wanted | float64) (include "matting.amount" $most | float64) -}}
{{- fail (printf "%s: requests.%s is %v, more than limits.%s %v" $path $kind $wanted $kind $most) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $said := list "cluster" "redis" "redis-file" "redis-password-file" "redis-objects-kib" "redis-memory-mib" "advertise" "silo-port" "gateway-port" "listen" "folder" "model" "device" "role" "root" "keys" "workers" "batch" "dead-after" "otlp" "public-url" "quota" "requests-per-second" "pictures" -}}
{{- range concat .Values.coordinator.extraArgs $w.cpu.extraArgs $w.gpu.extraArgs -}}
{{- if has (regexFind "^[a-z-]*" (trimPrefix "--" .)) $said -}}
{{- fail (printf "extraArgs: %s is said by a value of its own already" .) -}}
{{- end -}}
{{- end -}}
{{- $mount := printf "%s/" (trimSuffix "/" .Values.storage.mountPath) -}}
{{- if eq (trimSuffix "/" .Values.storage.folder) (trimSuffix "/" .Values.storage.mountPath) -}}
{{- fail (printf "storage.folder is storage.mountPath itself: name a folder below it, like %s.matting, or the farm's files lie among the plates" $mount) -}}
{{- end -}}
{{- range prepend .Values.storage.roots .Values.storage.folder -}}
{{- if not (hasPrefix $mount (printf "%s/" .)) -}}
{{- fail (printf "storage: %s does not lie below storage.mountPath %s, where nothing is shared" . $.Values.storage.mountPath) -}}
{{- end -}}
{{- end -}}
{{- $names := list -}}
{{- $roots := default (list .Values.storage.mountPath) .Values.storage.roots -}}
{{- range $job := .Values.batch.jobs -}}
{{- $names = append $names .name -}}
{{- range $what := list "plate" "trimap" "alpha" -}}
{{- with index $job $what -}}
{{- $isThere := false -}}
{{- range $roots -}}{{- if hasPrefix (printf "%s/" (trimSuffix "/" .)) (index $job $what) -}}{{- $isThere = true -}}{{- end -}}{{- end -}}
{{- if not $isThere -}}
{{- fail (printf "batch.jobs %s: %s %s lies below none of the folders that callers may name files in: %s" $job.name $what . (join ", " $roots)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if or (eq .alpha .plate) (eq .alpha (default "" .trimap)) -}}
{{- fail (printf "batch.jobs %s: alpha is the plate's or the trimap's own file" .name) -}}
{{- end -}}
{{- end -}}
{{- if ne (len $names) (len (uniq $names)) -}}
{{- fail "batch.jobs: two have the same name" -}}
{{- end -}}
{{- end -}}

{{/* A quantity of Kubernetes, like 512Mi or 1.5, as a number. */}}
{{- define "matting.amount" -}}
{{- $text := toString . -}}
{{- $units := dict "" 1.0 "m" 0.001 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "E" 1e18 "Ki" 1024.0 "Mi" 1048576.0 "Gi" 1073741824.0 "Ti" 1099511627776.0 "Pi" 1125899906842624.0 "Ei" 1152921504606846976.0 -}}
{{- mulf (regexFind "^[0-9.]+" $text | float64) (index $units (regexFind "[A-Za-z]*$" $text)) -}}
{{- end -}}
