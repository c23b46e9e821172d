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
{{- $mount := printf "%s/" (trimSuffix "/" .Values.storage.mountPath) -}}
{{- range prepend .Values.storage.roots .Values.storage.folder -}}
{{- if not (hasPrefix $mount (printf "%s/" .)) -}}
{{- fail (printf "storage: %s does not lie below storage.mountPath %s, where nothing is shared" . $.Values.storage.mountPath) -}}
{{- end -}}
{{- end -}}
{{- $names := list -}}
{{- range .Values.batch.jobs -}}{{- $names = append $names .name -}}{{- end -}}
{{- if ne (len $names) (len (uniq $names)) -}}
{{- fail "batch.jobs: two have the same name" -}}
{{- end -}}
{{- end -}}
