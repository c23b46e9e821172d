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
{{- if not (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" (include "matting.fullname" .)) -}}
{{- fail (printf "%s is no name for a Service, which begins with a letter and has letters, digits and '-': set fullnameOverride" (include "matting.fullname" .)) -}}
{{- end -}}
{{- if .Values.redis.enabled -}}
{{- if not (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" (include "redis.name" .)) -}}
{{- fail (printf "%s is no name for a Service, which begins with a letter and has letters, digits and '-': give the release another name" (include "redis.name" .)) -}}
{{- end -}}
{{- with (default dict .Values.redis.resources.limits).memory -}}
{{- if gt (mulf 1048576.0 $.Values.redis.maxMemoryMib) (include "matting.amount" . | float64) -}}
{{- fail (printf "redis.maxMemoryMib is %v: its pod may have redis.resources.limits.memory, %v, and would be killed before it says that it is full" $.Values.redis.maxMemoryMib .) -}}
{{- end -}}
{{- end -}}
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
{{- include "matting.checkPaths" . -}}
{{- end -}}

{{/* A quantity of Kubernetes, like 512Mi or 1.5, as a number. */}}
{{- define "matting.amount" -}}
{{- if kindIs "string" . -}}
{{- $units := dict "" 1.0 "m" 0.001 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "E" 1e18 "Ki" 1024.0 "Mi" 1048576.0 "Gi" 1073741824.0 "Ti" 1099511627776.0 "Pi" 1125899906842624.0 "Ei" 1152921504606846976.0 -}}
{{- mulf (regexFind "^[0-9.]+" . | float64) (index $units (regexFind "[A-Za-z]*$" .)) -}}
{{- else -}}
{{- float64 . -}}
{{- end -}}
{{- end -}}

{{/* A whole number in words: a large one is a float to templates, and would read 1e+06. */}}
{{- define "matting.whole" -}}
{{- if kindIs "string" . -}}{{- . -}}{{- else -}}{{- int64 . -}}{{- end -}}
{{- end -}}
